import type { Kysely, Selectable } from 'kysely';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { FieldProblem } from '../../contract/problems.ts';
import type { VpnTrialCreate } from '../../contract/vpnTrials.ts';
import type { VpnSettings } from '../../contract/vpns.ts';
import { findVpn } from '../db/lookup.ts';
import type { Database, VpnTable } from '../db/schema.ts';
import { pskContext } from '../db/vpnRow.ts';
import type { SecretBox, ServerSettings } from '../deps.ts';
import { notFound, ProblemError, refused } from '../http/problem.ts';
import { newId } from '../ids.ts';
import { requireValid } from '../vpns/checkSettings.ts';

/** A name that is always right: the name of what is tried out goes nowhere, so it may still be missing or taken. */
const ANY_NAME = 'trial';

export type TrialReplicaRow = {
  id: string;
  name: string;
  localId: string;
  workspaceId: string;
  workspaceName: string;
};

/** What is to be tried, and from where. `vpn` holds the pre-shared key. */
export type CheckedTrial = {
  vpn: DesiredVpn;
  settings: VpnSettings;
  replica: TrialReplicaRow;
  /** The VPN that is being changed; null for a new one. */
  stored: Selectable<VpnTable> | null;
};

/** Applies the rules of creating a VPN. 404 for a VPN or a replica of another team, 422 for what is refused. */
export async function checkTrial(
  {
    db,
    secretBox,
    settings: server,
  }: { db: Kysely<Database>; secretBox: SecretBox; settings: ServerSettings },
  teamId: string,
  { settings: chosen, preSharedKey, vpn: vpnId, replica: replicaId }: VpnTrialCreate,
): Promise<CheckedTrial> {
  const stored = vpnId === null ? null : await findVpn(db, teamId, vpnId);
  const typed = preSharedKey === null ? {} : { preSharedKey };
  const canonical = inSettings(() => requireValid({ ...chosen, ...typed, name: ANY_NAME }, server));
  const key = preSharedKey ?? (await storedKey(secretBox, stored, canonical));
  const replica = await findReplica(db, teamId, replicaId);
  const name = stored?.name ?? chosen.name.slice(0, 63);
  const vpn: DesiredVpn = {
    ...canonical,
    id: newId('try'),
    name,
    revision: 0,
    peerId: canonical.peerId ?? canonical.peerIp,
    preSharedKey: key,
    // Another one than the replica's tunnels have: a gateway with uniqueids ends the one that was there.
    localId: `${replica.localId}-test`,
  };
  return { vpn, settings: { ...canonical, name }, replica, stored };
}

/** The rules know the settings by themselves; in the request's body they are one of its fields. */
function inSettings<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.errors) throw error;
    const inBody = (problem: FieldProblem): FieldProblem =>
      problem.path === 'preSharedKey' ? problem : { ...problem, path: `settings.${problem.path}` };
    throw refused(error.problem.errors.map(inBody));
  }
}

/** A key that was saved for one gateway isn't shown to another: whoever has it could find it out by guessing. */
async function storedKey(
  secretBox: SecretBox,
  stored: Selectable<VpnTable> | null,
  { peerIp, peerId }: VpnSettings,
): Promise<string> {
  const refuse = (code: string, message: string) => refused([{ path: 'preSharedKey', code, message }]);
  if (stored === null) throw refuse('psk_required', 'Enter the pre-shared key that is to be tested.');
  if (peerIp !== stored.peer_ip || peerId !== stored.peer_id) {
    const where = stored.peer_id === null ? stored.peer_ip : `${stored.peer_ip} (peer ID ${stored.peer_id})`;
    throw refuse(
      'psk_of_another_gateway',
      `Enter the pre-shared key again: the saved one is tested only with the gateway that it was saved for, ${where}.`,
    );
  }
  return await secretBox.open(stored.psk_sealed, pskContext(stored.id));
}

async function findReplica(
  db: Kysely<Database>,
  teamId: string,
  replicaId: string,
): Promise<TrialReplicaRow> {
  const row = await db
    .selectFrom('replica')
    .innerJoin('workspace', 'workspace.id', 'replica.workspace_id')
    .select(['replica.id', 'replica.name', 'replica.local_id as localId'])
    .select(['workspace.id as workspaceId', 'workspace.name as workspaceName'])
    .where('replica.id', '=', replicaId)
    .where('workspace.team_id', '=', teamId)
    .executeTakeFirst();
  if (!row) throw notFound('replica');
  return row;
}
