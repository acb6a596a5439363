import type { Ref } from '../../contract/lists.ts';
import { teamPages } from './teamPages.ts';

type Destination =
  | { to: (typeof teamPages)[number]['to'] | '/teams/$team/vpns/new'; params: { team: string } }
  | { to: '/teams/$team/vpns/$vpn/overview'; params: { team: string; vpn: string } }
  | {
      to: '/teams/$team/workspaces/$workspace/vpns' | '/teams/$team/workspaces/$workspace/ports';
      params: { team: string; workspace: string };
    }
  | { to: '/account' };

/** One line of the command palette: what it is called, what it is, where it leads. */
export type Command = { key: string; label: string; kind: string; to: Destination };

const holds = (label: string, text: string) => label.toLowerCase().includes(text.trim().toLowerCase());

/** The pages of a team whose names hold the text. */
export const pageCommands = (team: string, text: string): Command[] =>
  [...teamPages, { label: 'Create VPN', to: '/teams/$team/vpns/new' } as const]
    .filter(({ label }) => holds(label, text))
    .map(({ label, to }) => ({ key: to, label, kind: 'Page', to: { to, params: { team } } }));

export const accountCommand = (text: string): Command[] =>
  holds('Account', text) ? [{ key: 'account', label: 'Account', kind: 'Page', to: { to: '/account' } }] : [];

/** VPNs or workspaces, as the server found them. */
export const namedCommands = (team: string, kind: 'vpn' | 'workspace', found: readonly Ref[]): Command[] =>
  found.map(({ id, name }) => ({
    key: id,
    label: name,
    kind: kind === 'vpn' ? 'VPN' : 'Workspace',
    to:
      kind === 'vpn'
        ? { to: '/teams/$team/vpns/$vpn/overview', params: { team, vpn: id } }
        : { to: '/teams/$team/workspaces/$workspace/vpns', params: { team, workspace: id } },
  }));

/** What is left to search for of “ports of billing”: `null` where something else is meant. */
export function portsOfWhat(text: string): string | null {
  const [, name = null] = /^ports? of\s+(.*)$/i.exec(text.trim()) ?? [];
  return name;
}

/** The Ports tabs of workspaces. */
export const portCommands = (team: string, workspaces: readonly Ref[]): Command[] =>
  workspaces.map(({ id, name }) => ({
    key: `ports-${id}`,
    label: `Ports of ${name}`,
    kind: 'Workspace',
    to: { to: '/teams/$team/workspaces/$workspace/ports', params: { team, workspace: id } },
  }));
