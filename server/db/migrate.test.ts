import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';

const open = (file: SQLite.Database) =>
  new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) });

test('an empty file gets every table, with foreign keys enforced', async () => {
  const file = new SQLite(':memory:');
  file.pragma('foreign_keys = off');
  const db = open(file);
  await migrate(db);
  const tables = await db.introspection.getTables();
  expect(tables.map((table) => table.name).toSorted()).toEqual([
    'activity',
    'member',
    'port',
    'removed_replica',
    'replica',
    'replica_port',
    'setting',
    'sign_in_limit',
    'team',
    'token',
    'tunnel',
    'user',
    'verification',
    'verification_result',
    'vpn',
    'vpn_workspace',
    'workspace',
  ]);
  await expect(
    db
      .insertInto('member')
      .values({ team_id: 'none', user_id: 'none', role: 'admin', joined_at: '' })
      .execute(),
  ).rejects.toThrow('FOREIGN KEY');
});

test('a second run changes nothing and keeps the data', async () => {
  const file = new SQLite(':memory:');
  const db = open(file);
  await migrate(db);
  await db
    .insertInto('team')
    .values({ id: 'team_1', name: 'Acme', created_at: '2026-01-01T00:00:00.000Z' })
    .execute();
  const schemaBefore = file.prepare('select sql from sqlite_master order by name').all();
  await migrate(db);
  expect(file.prepare('select sql from sqlite_master order by name').all()).toEqual(schemaBefore);
  expect(await db.selectFrom('team').selectAll().execute()).toEqual([
    {
      id: 'team_1',
      name: 'Acme',
      revision: 1,
      created_at: '2026-01-01T00:00:00.000Z',
      allow_organization_ports: 1,
      allow_public_ports: 1,
    },
  ]);
});
