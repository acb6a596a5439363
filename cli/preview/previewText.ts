import type { Preview } from '../../contract/previews.ts';

/** “The preview of #12 of octo/app: workspace app-12, connected to Company data center, 1 of 2 replicas online.” */
export function previewText({ change, repository, state, workspace, vpn, replicas }: Preview): string {
  const what = `The preview of ${change} of ${repository}`;
  if (state === 'removed' || workspace === null) return `${what} is gone.`;
  const to = vpn === null ? 'connected to no VPN' : `connected to ${vpn.name}`;
  const { total, online } = replicas;
  const who =
    total === 0 ? 'no replica yet' : `${online} of ${total} ${total === 1 ? 'replica' : 'replicas'} online`;
  return `${what}: workspace ${workspace.name}, ${to}, ${who}.`;
}

/** What there is after a run that didn’t end well, and what happens to it. */
export const whatExists = (preview: Preview): string =>
  preview.state === 'removed'
    ? 'Nothing of it is left.'
    : `${previewText(preview)} The next run finds it; “culvert preview down” removes it, and by itself it goes at ${preview.expiresAt}.`;

export const workspaceUrl = (server: string, team: { id: string }, { workspace }: Preview): string | null =>
  workspace === null
    ? null
    : `${server}/teams/${encodeURIComponent(team.id)}/workspaces/${encodeURIComponent(workspace.id)}`;

/** One line a tunnel: “app-12-1  up, 10.200.0.3”. */
export const tunnelLines = ({ tunnels }: Preview): string[] =>
  tunnels.map(({ replica, state, virtualIp, diagnosis }) => {
    const more = [virtualIp, diagnosis?.title].filter((text) => text !== null && text !== undefined);
    return `  ${[`${replica.name}: ${state}`, ...more].join(', ')}`;
  });
