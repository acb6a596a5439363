import { decidePortAccess } from '../../contract/portAccess.ts';
import type { Deps } from '../deps.ts';
import { createWatch } from '../http/watchAgain.ts';
import { stillGood, viewerAt, type Credential } from './credentials.ts';
import { forwardedPorts, noPolicy, toForwardedPort, type ForwardedPort } from './lookup.ts';

/** Milliseconds between looks: access that has ended is felt within a second, whichever server ended it. */
const EVERY_MS = 400;

type Watched = {
  portId: string;
  credential: Credential | null;
  /** The credential has to stay good and its user in the team, at a public port too. */
  membersOnly?: boolean;
  end: () => void;
};

/**
 * Asks the database again and again, for all visits together, whether each viewer may still reach their port. Returns the
 * function that watches one visit; that returns the function which stops.
 */
export function createVisitWatch({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>) {
  return createWatch<Watched>({
    clock,
    log,
    everyMs: EVERY_MS,
    failed: 'could not look whether viewers may still reach their ports',
    async look(some, end) {
      const ports = await portsById(db, new Set(some.map(({ portId }) => portId)));
      const tokenIds = new Set(some.flatMap(({ credential }) => credential?.tokenId ?? []));
      const good = await stillGood(db, clock, [...tokenIds]);
      const members = await membersAmong(db, [...ports.values()], [...good.values()]);
      for (const one of some) {
        const port = ports.get(one.portId) ?? null;
        const credential = one.credential && (good.get(one.credential.tokenId) ?? null);
        const member = credential !== null && members.has(`${port?.teamId} ${credential.userId}`);
        const viewer = viewerAt(credential, port, member);
        const decision = decidePortAccess(port, viewer, port?.policy ?? noPolicy, clock.now());
        const stays = decision === 'allow' && (member || one.membersOnly !== true);
        if (!stays && end(one)) one.end();
      }
    },
  });
}

async function portsById(db: Deps['db'], ids: ReadonlySet<string>): Promise<Map<string, ForwardedPort>> {
  const rows = await forwardedPorts(db)
    .where('port.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toForwardedPort(row)]));
}

/** `<team> <user>` of those who are in the ports’ teams now. */
async function membersAmong(
  db: Deps['db'],
  ports: readonly ForwardedPort[],
  credentials: readonly Credential[],
): Promise<Set<string>> {
  const teamIds = [...new Set(ports.map(({ teamId }) => teamId))];
  const userIds = [...new Set(credentials.map(({ userId }) => userId))];
  if (teamIds.length === 0 || userIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('member')
    .select(['team_id', 'user_id'])
    .where('team_id', 'in', teamIds)
    .where('user_id', 'in', userIds)
    .execute();
  return new Set(rows.map((row) => `${row.team_id} ${row.user_id}`));
}
