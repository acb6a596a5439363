import type { Kysely } from 'kysely';

/** Forwarded ports, what listens in replicas, and what lets viewers in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('team')
    .addColumn('allow_organization_ports', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema
    .alterTable('team')
    .addColumn('allow_public_ports', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('replica').addColumn('boot', 'text').execute();
  await db.schema.alterTable('replica').addColumn('declared_ports', 'text').execute();

  await db.schema
    .createTable('port')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) =>
      column.notNull().references('workspace.id').onDelete('cascade'),
    )
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull().unique())
    .addColumn('forwarded', 'integer', (column) => column.notNull())
    .addColumn('label', 'text')
    .addColumn('protocol', 'text')
    .addColumn('declared_label', 'text')
    .addColumn('declared_protocol', 'text')
    .addColumn('search', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('access_epoch', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('shared_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('shared_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('notice_from', 'text')
    .addColumn('notice_reason', 'text')
    .addColumn('notice_at', 'text')
    .addUniqueConstraint('port_number', ['workspace_id', 'number'])
    .execute();
  // What a whole team shares is few of all its ports.
  await db.schema.createIndex('port_visibility').on('port').columns(['visibility', 'workspace_id']).execute();

  await db.schema
    .createTable('replica_port')
    .addColumn('replica_id', 'text', (column) =>
      column.notNull().references('replica.id').onDelete('cascade'),
    )
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('process', 'text')
    .addPrimaryKeyConstraint('replica_port_pk', ['replica_id', 'number'])
    .execute();

  await db.schema
    .alterTable('token')
    .addColumn('port_id', 'text', (column) => column.references('port.id').onDelete('cascade'))
    .execute();
  await db.schema.alterTable('token').addColumn('access_epoch', 'integer').execute();
  await db.schema
    .alterTable('token')
    .addColumn('session_id', 'text', (column) => column.references('token.id').onDelete('cascade'))
    .execute();
  await db.schema.alterTable('token').addColumn('challenge', 'text').execute();
  await db.schema.createIndex('token_session').on('token').column('session_id').execute();
  await db.schema.createIndex('token_port').on('token').column('port_id').execute();
}
