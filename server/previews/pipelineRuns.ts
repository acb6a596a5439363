import type { Kysely } from 'kysely';
import type { Database, PipelineRunTable } from '../db/schema.ts';
import { actorOf } from '../activity/actor.ts';
import { newId } from '../ids.ts';
import type { Viewer } from '../session/viewer.ts';
import { BY_PEOPLE } from './whose.ts';

/** Of a team’s refused runs as many are kept: they cost whoever makes them nothing. */
const REFUSED_KEPT = 50;

export type RunStart = Pick<
  PipelineRunTable,
  'action' | 'result' | 'code' | 'message' | 'preview_id' | 'vpn_id' | 'change'
> & {
  teamId: string;
  viewer: Viewer;
  /** As the viewer named it; null where they didn’t. */
  repository: string | null;
  /** ISO 8601. */
  now: string;
};

/** Writes down what somebody asked for; what isn’t `running` is over at once. Returns the run’s id. */
export async function writeRun(db: Kysely<Database>, run: RunStart): Promise<string> {
  const { viewer, teamId, repository, now, ...known } = run;
  const id = newId('run');
  await db
    .insertInto('pipeline_run')
    .values({
      ...known,
      ...originOf(viewer, repository),
      id,
      team_id: teamId,
      at: now,
      finished_at: known.result === 'running' ? null : now,
      actor_name: actorOf(viewer).name,
      token_id: viewer.via.kind === 'session' ? null : viewer.via.tokenId,
    })
    .execute();
  return id;
}

/** Writes down that it was refused, and forgets the oldest of the team’s refused ones of this kind. */
export async function writeRefusal(db: Kysely<Database>, run: Omit<RunStart, 'result'>): Promise<void> {
  await writeRun(db, { ...run, result: 'refused' });
  const refused = db
    .selectFrom('pipeline_run')
    .where('team_id', '=', run.teamId)
    .where('action', '=', run.action)
    .where('result', '=', 'refused');
  const kept = refused.select('id').orderBy('at', 'desc').orderBy('id').limit(REFUSED_KEPT);
  await db
    .deleteFrom('pipeline_run')
    .where('id', 'in', refused.select('id').where('id', 'not in', kept))
    .execute();
}

const originOf = ({ via }: Viewer, repository: string | null) => {
  if (via.kind !== 'pipeline') {
    return {
      provider: BY_PEOPLE,
      issuer: null,
      repository_id: null,
      repository_name: repository ?? '',
      owner_id: null,
      owner_name: null,
      event: null,
      ref: null,
    } as const;
  }
  const { provider, issuer, repository: own, owner, event, ref } = via.scope;
  return {
    provider,
    issuer,
    repository_id: own.id,
    repository_name: own.name,
    owner_id: owner.id,
    owner_name: owner.name,
    event,
    ref,
  };
};
