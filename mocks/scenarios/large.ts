import type { Insertable, Kysely } from 'kysely';
import type {
  Database,
  PortTable,
  ReplicaTable,
  TunnelTable,
  WorkspaceTable,
} from '../../server/db/schema.ts';
import { newId } from '../../server/ids.ts';
import { newPortHost } from '../../server/ports/portHost.ts';
import { kernelIpsec } from '../agents/kernelIpsec.ts';
import { DAY, HOUR } from '../world/clock.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { companyDataCenter, modernVpn } from './vpns.ts';

const WORKSPACES = 10_000;
const VPNS = 300;
/** Every eighth workspace is connected, to the VPNs in turn; those of the first thousand, to the guide's own. */
const CONNECTED_EVERY = 8;
const ROWS_PER_INSERT = 1000;

/** A team of ten thousand workspaces, each with a port that is shared, and hundreds of VPNs. The rows that are many go in past the API, for their number. */
export const large: Scenario = async (world) => {
  const { db } = world.deps;
  const team = await establishedTeam(world);
  const ada = await team.as('ada');
  const owner = (await ada.members()).items[0];
  if (owner === undefined) throw new Error('The team has no member.');
  const vpns = [await ada.createVpn(companyDataCenter)];
  for (let number = 1; number < VPNS; number++) {
    const name = `Site ${String(number).padStart(3, '0')}`;
    const peerIp = `203.0.113.${number % 255}`;
    vpns.push(await ada.createVpn(modernVpn({ name, peerIp, peerSubnets: [`10.${number % 240}.0.0/16`] })));
  }

  const at = (ago: number) => new Date(world.clock.now() - ago).toISOString();
  const workspaces: Insertable<WorkspaceTable>[] = [];
  for (let number = 1; number <= WORKSPACES; number++) {
    const name = `service-${String(number).padStart(5, '0')}`;
    const created_at = at(DAY * (1 + (number % 60)));
    workspaces.push({ id: newId('ws'), team_id: team.id, name, owner_id: owner.id, created_at });
  }
  await insert(db, 'workspace', workspaces);
  await insert(
    db,
    'port',
    workspaces.map((workspace, index): Insertable<PortTable> => ({
      id: newId('port'),
      workspace_id: workspace.id,
      number: 3000,
      host: newPortHost(),
      forwarded: 1,
      label: null,
      protocol: null,
      declared_label: null,
      declared_protocol: null,
      search: '3000',
      visibility: index % 40 === 0 ? 'public' : 'organization',
      origin: 'manual',
      shared_by: owner.id,
      shared_at: at(HOUR * (1 + (index % 600))),
      created_at: at(DAY),
      notice_from: null,
      notice_reason: null,
      notice_at: null,
    })),
  );

  const connected = workspaces.filter((_, index) => index % CONNECTED_EVERY === 0);
  const vpnOf = (index: number) => vpns[index < 125 ? 0 : index % VPNS] ?? vpns[0];
  const connections = connected.map((workspace, index) => ({
    vpn_id: vpnOf(index)?.id ?? '',
    workspace_id: workspace.id,
    connected_at: at(DAY),
    connected_by: owner.id,
  }));
  await insert(db, 'vpn_workspace', connections);

  const replicas = connected.map((workspace): Insertable<ReplicaTable> => {
    const id = newId('rep');
    const name = `${workspace.name}-1`;
    return {
      id,
      workspace_id: workspace.id,
      name,
      ordinal: 1,
      local_id: `${name}.${id}.culvert`,
      key: id,
      secret_hash: '',
      token_id: null,
      hostname: name,
      platform: 'linux-x64',
      agent_version: '0.1.0',
      ipsec: JSON.stringify(kernelIpsec),
      ipsec_supported: 1,
      connection: 'large',
      since: at(DAY),
      joined_at: at(2 * DAY),
    };
  });
  await insert(db, 'replica', replicas);
  await insert(
    db,
    'tunnel',
    replicas.map((replica, index): Insertable<TunnelTable> => ({
      replica_id: replica.id,
      vpn_id: vpnOf(index)?.id ?? '',
      state: index % 50 === 7 ? 'connecting' : 'up',
      since: at(HOUR),
      attempt: 0,
      next_try_at: null,
      virtual_ip: `10.200.${index >> 8}.${index & 255}`,
      bytes_in: index * 1_000,
      bytes_out: index * 100,
      ike_established_at: at(HOUR),
      ike_suite: null,
      esp_suite: null,
      remote_subnets: '[]',
      applied_revision: 1,
      diagnosis: null,
      diagnosis_code: null,
      reported_at: at(0),
    })),
  );
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

async function insert<Table extends 'workspace' | 'port' | 'vpn_workspace' | 'replica' | 'tunnel'>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
    await db
      .insertInto(table)
      .values(rows.slice(from, from + ROWS_PER_INSERT))
      .execute();
}
