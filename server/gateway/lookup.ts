import type { Kysely } from 'kysely';
import type { GuardedPort } from '../../contract/portAccess.ts';
import type { PortProtocol } from '../../contract/ports.ts';
import type { PortPolicy } from '../../contract/visibility.ts';
import { protocolOf } from '../db/portRow.ts';
import type { Database } from '../db/schema.ts';

/** A port that is forwarded, with what its team allows. */
export type ForwardedPort = GuardedPort & {
  number: number;
  protocol: PortProtocol;
  workspaceId: string;
  teamId: string;
  policy: PortPolicy;
};

/** The policy where there is no port: it decides nothing then. */
export const noPolicy: PortPolicy = { organization: false, public: false };

/** Forwarded ports with their owner and policy as they are now: `forwardedPorts(db).where('port.host', '=', label)`. */
export const forwardedPorts = (db: Kysely<Database>) =>
  db
    .selectFrom('port')
    .innerJoin('workspace', 'workspace.id', 'port.workspace_id')
    .innerJoin('team', 'team.id', 'workspace.team_id')
    .where('port.forwarded', '=', 1)
    .select([
      'port.id',
      'port.number',
      'port.protocol',
      'port.declared_protocol',
      'port.visibility',
      'port.access_epoch',
      'port.workspace_id',
      'workspace.owner_id',
      'workspace.team_id',
      'team.allow_organization_ports',
      'team.allow_public_ports',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof forwardedPorts>['execute']>>[number];

export const toForwardedPort = (row: Row): ForwardedPort => ({
  id: row.id,
  number: row.number,
  protocol: protocolOf(row),
  visibility: row.visibility,
  accessEpoch: row.access_epoch,
  ownerId: row.owner_id,
  workspaceId: row.workspace_id,
  teamId: row.team_id,
  policy: { organization: row.allow_organization_ports === 1, public: row.allow_public_ports === 1 },
});

/** The port that is forwarded under this label, or null. */
export async function findForwardedPort(db: Kysely<Database>, label: string): Promise<ForwardedPort | null> {
  const row = await forwardedPorts(db).where('port.host', '=', label).executeTakeFirst();
  return row === undefined ? null : toForwardedPort(row);
}

/** Whether the user is a member of the team now. */
export async function isMember(db: Kysely<Database>, teamId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('member')
    .select('role')
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}
