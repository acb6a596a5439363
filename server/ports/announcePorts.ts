import type { Topic } from '../../contract/events.ts';
import type { Bus } from '../deps.ts';

/** After the commit: has the ports of a workspace and what the team shares read again, and the activity that tells of it. */
export function announcePortChange(bus: Bus, teamId: string, workspaceId: string): void {
  bus.publish(teamId, [...portTopics([workspaceId]), 'activity']);
}

/** What shows the ports of these workspaces. */
export const portTopics = (workspaceIds: readonly string[]): Topic[] =>
  workspaceIds.length === 0 ? [] : ['ports', ...workspaceIds.map((id): Topic => `ports:${id}`)];
