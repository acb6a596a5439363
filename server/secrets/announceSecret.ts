import type { Kysely } from 'kysely';
import type { Topic } from '../../contract/events.ts';
import type { Secret } from '../../contract/secretsApi.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Bus, Clock } from '../deps.ts';
import type { Viewer } from '../session/viewer.ts';

const words = {
  created: (name: string) => `Added the team’s secret ${name}.`,
  changed: (name: string) => `Changed the team’s secret ${name}.`,
  replaced: (name: string) => `Replaced the value of the team’s secret ${name}.`,
  deleted: (name: string) => `Deleted the team’s secret ${name}.`,
} as const;

/** What becomes of the team's secrets is the team's activity. What a member's own are called is nobody's business. */
export async function recordTeamSecret(
  trx: Kysely<Database>,
  clock: Clock,
  entry: { teamId: string; viewer: Viewer; secret: Secret; deed: keyof typeof words },
): Promise<void> {
  const { teamId, viewer, secret, deed } = entry;
  if (secret.level !== 'team') return;
  await recordActivity(trx, {
    teamId,
    now: clock.now(),
    actor: actorOf(viewer),
    action: `secret.${deed}`,
    subject: { kind: 'secret', id: secret.id, name: secret.name },
    summary: words[deed](secret.name),
  });
}

/** Tells whoever watches the team that secrets changed, and not which. Call it after the commit. */
export function announceSecret(bus: Bus, teamId: string, secret: Pick<Secret, 'level'>): void {
  const topics: Topic[] = secret.level === 'team' ? ['secrets', 'activity'] : ['secrets'];
  bus.publish(teamId, topics);
}
