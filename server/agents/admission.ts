import type { Kysely } from 'kysely';
import { AGENT_PROTOCOL, agentClose } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database, Flag } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { newId } from '../ids.ts';
import { isRestart, restartPorts } from '../ports/restart.ts';
import { touchToken } from '../session/tokens.ts';
import { sha256Hex } from '../tokens.ts';
import type { ConnectedReplica, Connection, Hello } from './connection.ts';
import { settleRotations } from './tokenHandover.ts';
import { ruledOut } from './tunnels.ts';

export type Admission =
  | {
      ok: true;
      replica: ConnectedReplica;
      workspace: { id: string; name: string };
      vpnIds: string[];
      joined: boolean;
      /** The workspace restarted with it, and that ended shares. */
      sharesEnded: boolean;
      /** The token that took the place of the one it came with; null: none did. */
      successorTokenId: string | null;
    }
  | { ok: false; code: number; reason: string };

const refuse = (code: number, reason: string): Admission => ({ ok: false, code, reason });

export const ipsecColumns = (ipsec: IpsecCapability): { ipsec: string; ipsec_supported: Flag } => ({
  ipsec: JSON.stringify(ipsec),
  ipsec_supported: ruledOut(ipsec) ? 0 : 1,
});

/**
 * Lets a replica in by its `hello`: finds it by the key its agent chose, or adds it with the smallest number that is free
 * in its workspace, and marks it online. The token is looked at again, because it may have been revoked since the upgrade.
 */
export async function admit(
  db: Kysely<Database>,
  clock: Clock,
  connection: Connection,
  hello: Hello,
): Promise<Admission> {
  if (hello.protocol !== AGENT_PROTOCOL) {
    return refuse(agentClose.violation, `This server speaks protocol ${AGENT_PROTOCOL}: update the agent.`);
  }
  const { access } = connection;
  const secretHash = await sha256Hex(hello.replica.secret);
  const now = new Date(clock.now()).toISOString();
  const online = {
    connection: connection.id,
    since: now,
    token_id: access.tokenId,
    hostname: hello.hostname,
    platform: hello.platform,
    agent_version: hello.agentVersion,
    boot: hello.boot,
    ...ipsecColumns(hello.ipsec),
  };

  return await db.transaction().execute(async (trx): Promise<Admission> => {
    const token = await trx
      .selectFrom('token')
      .selectAll()
      .where('id', '=', access.tokenId)
      .executeTakeFirst();
    const workspace = await trx
      .selectFrom('workspace')
      .select(['id', 'name', 'team_id'])
      .where('id', '=', access.workspaceId)
      .executeTakeFirst();
    if (!token || token.revoked_at !== null || !workspace) {
      return refuse(agentClose.revoked, 'The join token was revoked.');
    }
    const removed = await trx
      .selectFrom('removed_replica')
      .select('key')
      .where('workspace_id', '=', workspace.id)
      .where('key', '=', hello.replica.key)
      .executeTakeFirst();
    if (removed) return refuse(agentClose.removed, 'The replica was removed.');

    const known = await trx
      .selectFrom('replica')
      .select(['id', 'name', 'local_id', 'secret_hash', 'token_id', 'boot'])
      .where('workspace_id', '=', workspace.id)
      .where('key', '=', hello.replica.key)
      .executeTakeFirst();
    if (known && known.secret_hash !== secretHash) {
      return refuse(agentClose.violation, 'Another replica has this key: its secret differs.');
    }
    const admitsNew = token.replaced_by === null && (token.expires_at === null || token.expires_at > now);
    if (!known && !admitsNew) {
      return refuse(
        agentClose.revoked,
        'The join token was replaced or has expired: it admits no new replica.',
      );
    }
    await touchToken(trx, clock, token);
    const arrival = { workspaceId: workspace.id, boot: hello.boot, known: known ?? null };
    const restarted = await isRestart(trx, arrival);
    const sharesEnded = restarted && (await restartPorts(trx, workspace.id, clock.now()));

    let replica: ConnectedReplica;
    if (known) {
      replica = { id: known.id, name: known.name, localId: known.local_id };
      await trx.updateTable('replica').set(online).where('id', '=', known.id).execute();
      if (known.token_id !== token.id) await settleRotations(trx, workspace.id, now);
    } else {
      const ordinal = await freeOrdinal(trx, workspace.id);
      const id = newId('rep');
      const name = `${workspace.name}-${ordinal}`;
      replica = { id, name, localId: `${name}.${id.slice('rep_'.length)}.culvert` };
      await trx
        .insertInto('replica')
        .values({
          id,
          workspace_id: workspace.id,
          name,
          ordinal,
          local_id: replica.localId,
          key: hello.replica.key,
          secret_hash: secretHash,
          joined_at: now,
          ...online,
        })
        .execute();
      await recordActivity(trx, {
        teamId: workspace.team_id,
        now: clock.now(),
        actor: { kind: 'agent', id, name },
        action: 'replica.joined',
        subject: { kind: 'workspace', id: workspace.id, name: workspace.name },
        summary: `Joined the workspace ${workspace.name} as a replica (${hello.hostname}, ${hello.platform}).`,
      });
    }
    const connected = await trx
      .selectFrom('vpn_workspace')
      .select('vpn_id')
      .where('workspace_id', '=', workspace.id)
      .execute();
    return {
      ok: true,
      replica,
      workspace: { id: workspace.id, name: workspace.name },
      vpnIds: connected.map((row) => row.vpn_id),
      joined: !known,
      sharesEnded,
      successorTokenId: token.replaced_by,
    };
  });
}

async function freeOrdinal(trx: Kysely<Database>, workspaceId: string): Promise<number> {
  const rows = await trx
    .selectFrom('replica')
    .select('ordinal')
    .where('workspace_id', '=', workspaceId)
    .execute();
  const taken = new Set(rows.map((row) => row.ordinal));
  let ordinal = 1;
  while (taken.has(ordinal)) ordinal += 1;
  return ordinal;
}
