import type { Port, PortNotice } from '../../contract/ports.ts';
import type { Visibility } from '../../contract/visibility.ts';
import { counted } from './counted.ts';
import type { MarkState } from './StateMark.tsx';

/** How ports are spoken of on every page. */

export const visibilityNames: Readonly<Record<Visibility, string>> = {
  private: 'Private',
  organization: 'Organization',
  public: 'Public',
};

export const statusWords: Readonly<Record<Port['status'], { state: MarkState; words: string }>> = {
  listening: { state: 'up', words: 'Listening' },
  'not-listening': { state: 'offline', words: 'Not listening' },
  'replica-offline': { state: 'lost', words: 'Replica offline' },
  'no-replica': { state: 'pending', words: 'No replica' },
};

/** Who a level lets in: `owner` is null where the reader is the owner; `members` is undefined while it isn’t known. */
export type Audience = { owner: string | null; team: string; members: number | undefined };

/** “the 14 members of Platform team” */
export const membersOf = ({ team, members }: Pick<Audience, 'team' | 'members'>): string =>
  members === undefined
    ? `the members of ${team}`
    : `the ${members === 1 ? 'only member' : counted(members, 'member')} of ${team}`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a level means, as the menu that chooses one says it. */
export function visibilityMeaning(visibility: Visibility, audience: Audience): string {
  if (visibility === 'private') return `Only ${audience.owner ?? 'you'}, after signing in.`;
  if (visibility === 'organization') return `${capital(membersOf(audience))}, after signing in.`;
  return 'Anyone on the internet. No sign-in. Goes back to private when the workspace restarts.';
}

/** An address as people read it: without its scheme, and without a slash at the end. */
export const shownAddress = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '');

/** “3000 Web”, or the number alone. */
export const portName = ({ port, label }: { port: number; label: string | null }): string =>
  label === null ? String(port) : `${port} ${label}`;

/** The end of “Port 3000 is private again because …”, with the time in the reader’s words: “at 09:12”. */
export const whyPrivate = ({ reason, from }: PortNotice, at: string): string =>
  ({
    restarted: `the workspace restarted ${at}`,
    'added-again': `it was stopped and added again ${at}`,
    https: `it was switched to HTTPS ${at}`,
    policy: `the team stopped allowing ${from === 'public' ? 'public' : 'organization'} ports ${at}`,
  })[reason];

/** The button that gives a port back the visibility it had. */
export const shareAgainLabel = (from: Visibility): string =>
  from === 'public' ? 'Share publicly again' : 'Share with the team again';
