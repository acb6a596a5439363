import type { Kysely } from 'kysely';

/** VPNs, the workspaces they are connected to, replicas and what they report. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('vpn')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('team_id', 'text', (column) => column.notNull().references('team.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('ike_version', 'integer', (column) => column.notNull())
    .addColumn('ike_lifetime_seconds', 'integer', (column) => column.notNull())
    .addColumn('ike_proposals', 'text', (column) => column.notNull())
    .addColumn('esp_lifetime_seconds', 'integer', (column) => column.notNull())
    .addColumn('esp_proposals', 'text', (column) => column.notNull())
    .addColumn('peer_ip', 'text', (column) => column.notNull())
    .addColumn('peer_id', 'text')
    .addColumn('peer_subnets', 'text', (column) => column.notNull())
    .addColumn('udp_encapsulation', 'integer', (column) => column.notNull())
    .addColumn('dpd_delay_seconds', 'integer', (column) => column.notNull())
    .addColumn('psk_sealed', 'text', (column) => column.notNull())
    .addColumn('psk_changed_at', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addUniqueConstraint('vpn_name', ['team_id', 'name_key'])
    .execute();
  await db.schema.createIndex('vpn_changed').on('vpn').columns(['team_id', 'updated_at', 'id']).execute();

  await db.schema
    .createTable('vpn_workspace')
    .addColumn('vpn_id', 'text', (column) => column.notNull().references('vpn.id').onDelete('cascade'))
    .addColumn('workspace_id', 'text', (column) =>
      column.notNull().references('workspace.id').onDelete('cascade'),
    )
    .addColumn('connected_at', 'text', (column) => column.notNull())
    .addColumn('connected_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addPrimaryKeyConstraint('vpn_workspace_pk', ['vpn_id', 'workspace_id'])
    .execute();
  await db.schema.createIndex('vpn_workspace_workspace').on('vpn_workspace').column('workspace_id').execute();

  await db.schema
    .createTable('replica')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) =>
      column.notNull().references('workspace.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('local_id', 'text', (column) => column.notNull().unique())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .addColumn('token_id', 'text', (column) => column.references('token.id').onDelete('set null'))
    .addColumn('hostname', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('agent_version', 'text', (column) => column.notNull())
    .addColumn('ipsec', 'text', (column) => column.notNull())
    .addColumn('ipsec_supported', 'integer', (column) => column.notNull())
    .addColumn('connection', 'text')
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('replica_key', ['workspace_id', 'key'])
    .addUniqueConstraint('replica_ordinal', ['workspace_id', 'ordinal'])
    .execute();
  await db.schema.createIndex('replica_token').on('replica').column('token_id').execute();
  await db.schema.createIndex('replica_connection').on('replica').column('connection').execute();

  await db.schema
    .createTable('removed_replica')
    .addColumn('workspace_id', 'text', (column) =>
      column.notNull().references('workspace.id').onDelete('cascade'),
    )
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('removed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('removed_replica_pk', ['workspace_id', 'key'])
    .execute();

  await db.schema
    .createTable('tunnel')
    .addColumn('replica_id', 'text', (column) =>
      column.notNull().references('replica.id').onDelete('cascade'),
    )
    .addColumn('vpn_id', 'text', (column) => column.notNull().references('vpn.id').onDelete('cascade'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('next_try_at', 'text')
    .addColumn('virtual_ip', 'text')
    .addColumn('bytes_in', 'bigint', (column) => column.notNull())
    .addColumn('bytes_out', 'bigint', (column) => column.notNull())
    .addColumn('ike_established_at', 'text')
    .addColumn('ike_suite', 'text')
    .addColumn('esp_suite', 'text')
    .addColumn('remote_subnets', 'text', (column) => column.notNull())
    .addColumn('applied_revision', 'integer')
    .addColumn('diagnosis', 'text')
    .addColumn('diagnosis_code', 'text')
    .addColumn('reported_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('tunnel_pk', ['replica_id', 'vpn_id'])
    .execute();
  await db.schema.createIndex('tunnel_vpn').on('tunnel').column('vpn_id').execute();

  await db.schema
    .createTable('verification')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('vpn_id', 'text', (column) => column.notNull().references('vpn.id').onDelete('cascade'))
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('port', 'integer')
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('finished_at', 'text')
    .execute();
  await db.schema
    .createIndex('verification_vpn')
    .on('verification')
    .columns(['vpn_id', 'started_at', 'id'])
    .execute();

  await db.schema
    .createTable('verification_result')
    .addColumn('verification_id', 'text', (column) =>
      column.notNull().references('verification.id').onDelete('cascade'),
    )
    .addColumn('replica_id', 'text', (column) => column.notNull())
    .addColumn('replica_name', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('workspace_name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('round_trip_ms', 'double precision')
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('verification_result_pk', ['verification_id', 'replica_id'])
    .execute();
}
