import type { Session } from '../../contract/session.ts';
import type { Deps } from '../deps.ts';
import type { Viewer } from './viewer.ts';

/** What the dashboard starts from: who is signed in, their teams, and whether anybody has set this server up. */
export async function sessionView({ db, settings }: Deps, viewer: Viewer | null): Promise<Session> {
  const someone = await db.selectFrom('user').select('id').limit(1).executeTakeFirst();
  const { version, publicUrl, allowPrivatePeers, portsDomain } = settings;
  const base = {
    setup: someone ? ('done' as const) : ('needed' as const),
    server: { version, publicUrl, allowPrivatePeers, portsDomain },
  };
  if (!viewer) return { ...base, user: null, teams: [], expiresAt: null };
  const { via } = viewer;
  const teams = await db
    .selectFrom('member')
    .innerJoin('team', 'team.id', 'member.team_id')
    .select(['team.id', 'team.name', 'member.role'])
    .where('member.user_id', '=', viewer.userId)
    .$if(via.kind === 'api-token', (query) =>
      query.where('team.id', '=', via.kind === 'api-token' ? via.teamId : ''),
    )
    .orderBy('team.name')
    .orderBy('team.id')
    .execute();
  return {
    ...base,
    user: { id: viewer.userId, name: viewer.name, email: viewer.email },
    teams,
    expiresAt: via.kind === 'session' ? via.expiresAt : null,
  };
}
