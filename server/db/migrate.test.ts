import SQLite from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import * as accounts from './migrations/0001_accounts.ts';
import * as vpns from './migrations/0002_vpns.ts';
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
    'device_code',
    'issuer',
    'member',
    'pipeline_run',
    'port',
    'preview',
    'removed_replica',
    'replica',
    'replica_port',
    'rollout',
    'rollout_replica',
    'secret',
    'secret_workspace',
    'setting',
    'sign_in_flow',
    'sign_in_limit',
    'sign_in_provider',
    'team',
    'token',
    'trust_rule',
    'tunnel',
    'tunnel_event',
    'tunnel_traffic',
    'used_identity_token',
    'user',
    'user_identity',
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

describe('a database from before ports could be forwarded', () => {
  async function upgraded() {
    const db = open(new SQLite(':memory:'));
    const before = { '0001_accounts': accounts, '0002_vpns': vpns };
    await new Migrator({ db, provider: { getMigrations: async () => before } }).migrateToLatest();
    const at = '2026-01-01T00:00:00.000Z';
    await sql`insert into team (id, name, created_at) values ('team_1', 'Acme', ${at})`.execute(db);
    await sql`insert into "user" (id, email, name, search, password_hash, created_at)
      values ('user_1', 'olga@example.com', 'Olga', 'olga', 'x', ${at})`.execute(db);
    await sql`insert into workspace (id, team_id, name, owner_id, created_at)
      values ('ws_1', 'team_1', 'api', 'user_1', ${at})`.execute(db);
    await sql`insert into replica (id, workspace_id, name, ordinal, local_id, key, secret_hash, hostname, platform,
        agent_version, ipsec, ipsec_supported, since, joined_at)
      values ('rep_1', 'ws_1', 'api-1', 1, 'api-1.1.culvert', 'key', 'x', 'host', 'linux-x64', '0.1.0', '{}', 1,
        ${at}, ${at})`.execute(db);
    await sql`insert into token (id, kind, hash, name, created_at)
      values ('tok_1', 'session', 'x', 'Chrome', ${at})`.execute(db);
    await migrate(db);
    return db;
  }

  const port = (id: string, number: number) => ({
    id,
    workspace_id: 'ws_1',
    number,
    host: `host-of-${id}`,
    forwarded: 1 as const,
    visibility: 'private' as const,
    origin: 'auto' as const,
    created_at: '2026-01-01T00:00:00.000Z',
  });

  test('keeps what it holds: teams allow everything, and no boot of a replica is known', async () => {
    const db = await upgraded();
    const team = await db.selectFrom('team').selectAll().executeTakeFirstOrThrow();
    expect(team).toMatchObject({ name: 'Acme', allow_organization_ports: 1, allow_public_ports: 1 });
    const replica = await db.selectFrom('replica').selectAll().executeTakeFirstOrThrow();
    expect(replica).toMatchObject({ name: 'api-1', boot: null, declared_ports: null });
    const token = await db.selectFrom('token').selectAll().executeTakeFirstOrThrow();
    expect(token).toMatchObject({ kind: 'session', port_id: null, session_id: null, challenge: null });
  });

  test('takes a port once per workspace, and a host once at all', async () => {
    const db = await upgraded();
    await db.insertInto('port').values(port('port_1', 3000)).execute();
    expect(await db.selectFrom('port').selectAll().executeTakeFirst()).toMatchObject({
      access_epoch: 1,
      revision: 1,
      search: '',
      label: null,
    });
    const again = db.insertInto('port').values(port('port_2', 3000)).execute();
    await expect(again).rejects.toThrow('UNIQUE');
    const sameHost = { ...port('port_3', 3001), host: 'host-of-port_1' };
    await expect(db.insertInto('port').values(sameHost).execute()).rejects.toThrow('UNIQUE');
  });

  test('loses what lets viewers in with the port, and with the session it came from', async () => {
    const db = await upgraded();
    await db
      .insertInto('port')
      .values([port('port_1', 3000), port('port_2', 3001)])
      .execute();
    for (const [id, port_id, session_id] of [
      ['tok_2', 'port_1', 'tok_1'],
      ['tok_3', 'port_2', null],
    ] as const) {
      await sql`insert into token (id, kind, hash, name, created_at, port_id, session_id)
        values (${id}, 'port', ${id}, '', '', ${port_id}, ${session_id})`.execute(db);
    }
    await db.deleteFrom('port').where('id', '=', 'port_2').execute();
    expect(await db.selectFrom('token').select('id').execute()).toEqual([{ id: 'tok_1' }, { id: 'tok_2' }]);
    await db.deleteFrom('token').where('id', '=', 'tok_1').execute();
    expect(await db.selectFrom('token').select('id').execute()).toEqual([]);
  });
});
