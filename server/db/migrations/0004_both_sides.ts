import type { Kysely } from 'kysely';

/** Rollouts of changes and moves, what happened to tunnels lately, links to gateway configurations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rollout')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('team_id', 'text', (column) => column.notNull().references('team.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('vpn_id', 'text', (column) => column.notNull().references('vpn.id').onDelete('cascade'))
    .addColumn('to_vpn_id', 'text', (column) => column.references('vpn.id').onDelete('cascade'))
    .addColumn('workspaces', 'text', (column) => column.notNull())
    .addColumn('changed', 'text', (column) => column.notNull())
    .addColumn('strategy', 'text', (column) => column.notNull())
    .addColumn('make_before_break', 'integer', (column) => column.notNull())
    .addColumn('check_address', 'text')
    .addColumn('check_port', 'integer')
    .addColumn('limit_seconds', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('previous_settings', 'text')
    .addColumn('previous_psk_sealed', 'text')
    .addColumn('previous_psk_changed_at', 'text')
    .addColumn('tried_settings', 'text', (column) => column.notNull())
    .addColumn('previous_revision', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('finished_at', 'text')
    .execute();
  await db.schema.createIndex('rollout_vpn').on('rollout').columns(['vpn_id', 'started_at']).execute();
  await db.schema.createIndex('rollout_to_vpn').on('rollout').columns(['to_vpn_id', 'started_at']).execute();
  await db.schema.createIndex('rollout_state').on('rollout').column('state').execute();

  await db.schema
    .createTable('rollout_replica')
    .addColumn('rollout_id', 'text', (column) =>
      column.notNull().references('rollout.id').onDelete('cascade'),
    )
    .addColumn('replica_id', 'text', (column) => column.notNull())
    .addColumn('replica_name', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('workspace_name', 'text', (column) => column.notNull())
    .addColumn('local_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer')
    .addColumn('diagnosis', 'text')
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('rollout_replica_pk', ['rollout_id', 'replica_id'])
    .execute();
  await db.schema.createIndex('rollout_replica_replica').on('rollout_replica').column('replica_id').execute();

  await db.schema
    .createTable('tunnel_event')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('replica_id', 'text', (column) =>
      column.notNull().references('replica.id').onDelete('cascade'),
    )
    .addColumn('vpn_id', 'text', (column) => column.notNull().references('vpn.id').onDelete('cascade'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('tunnel_event_tunnel')
    .on('tunnel_event')
    .columns(['replica_id', 'vpn_id', 'id'])
    .execute();
  await db.schema.createIndex('tunnel_event_at').on('tunnel_event').column('at').execute();

  await db.schema
    .createTable('tunnel_traffic')
    .addColumn('replica_id', 'text', (column) =>
      column.notNull().references('replica.id').onDelete('cascade'),
    )
    .addColumn('vpn_id', 'text', (column) => column.notNull().references('vpn.id').onDelete('cascade'))
    .addColumn('slot', 'integer', (column) => column.notNull())
    .addColumn('bytes_in', 'bigint', (column) => column.notNull())
    .addColumn('bytes_out', 'bigint', (column) => column.notNull())
    .addColumn('earlier', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('tunnel_traffic_pk', ['replica_id', 'vpn_id'])
    .execute();

  await db.schema.alterTable('tunnel').addColumn('change', 'text').execute();
  await db.schema.alterTable('tunnel').addColumn('rekeyed_at', 'text').execute();
  await db.schema
    .alterTable('token')
    .addColumn('vpn_id', 'text', (column) => column.references('vpn.id').onDelete('cascade'))
    .execute();
  await db.schema.alterTable('token').addColumn('gateway_kind', 'text').execute();
  await db.schema.alterTable('token').addColumn('gateway_pool', 'text').execute();
  await db.schema.createIndex('token_vpn').on('token').column('vpn_id').execute();
}
