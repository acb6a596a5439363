import BetterSqlite3 from 'better-sqlite3';
import { Kysely, sql, SqliteDialect, type Generated } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from './database.ts';

type Tables = {
  gateway: { id: Generated<number>; name: string; weight: number | null; key: Uint8Array | null };
  subnet: { id: Generated<number>; gatewayId: number; cidr: string };
};

const engines = {
  'better-sqlite3': () => new BetterSqlite3(':memory:'),
  'the WebAssembly build': () => openMemoryDatabase(),
};

describe.each(Object.entries(engines))('%s', (_name, open) => {
  let db: Kysely<Tables>;

  beforeEach(async () => {
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: async () => open() }) });
    await db.schema
      .createTable('gateway')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('weight', 'real', (column) => column.check(sql`weight > 0`))
      .addColumn('key', 'blob')
      .execute();
    await db.schema
      .createTable('subnet')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('gatewayId', 'integer', (column) =>
        column.references('gateway.id').onDelete('cascade').notNull(),
      )
      .addColumn('cidr', 'text', (column) => column.notNull())
      .execute();
    await db
      .insertInto('gateway')
      .values([{ name: 'berlin' }, { name: 'oslo' }])
      .execute();
    await db
      .insertInto('subnet')
      .values(['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'].map((cidr) => ({ gatewayId: 1, cidr })))
      .execute();
  });

  afterEach(() => db.destroy());

  const subnets = async () =>
    (await db.selectFrom('subnet').select('cidr').orderBy('id').execute()).map((row) => row.cidr);

  test('gives back what an insert, an update and a delete return', async () => {
    const inserted = await db
      .insertInto('gateway')
      .values({ name: 'lima', weight: 1.5 })
      .returningAll()
      .executeTakeFirst();
    expect(inserted).toEqual({ id: 3, name: 'lima', weight: 1.5, key: null });
    const updated = await db
      .updateTable('gateway')
      .set({ weight: 2 })
      .where('id', '<', 3)
      .returning(['id', 'weight'])
      .execute();
    expect(updated).toEqual([
      { id: 1, weight: 2 },
      { id: 2, weight: 2 },
    ]);
    expect(await db.deleteFrom('gateway').where('id', '=', 3).returning('name').execute()).toEqual([
      { name: 'lima' },
    ]);
  });

  test('counts the rows of the statement itself, not those a cascade took', async () => {
    const changed = await db.updateTable('subnet').set({ cidr: '10.9.0.0/16' }).executeTakeFirst();
    expect(changed.numUpdatedRows).toBe(3n);
    const deleted = await db.deleteFrom('gateway').where('name', '=', 'berlin').executeTakeFirst();
    expect(deleted.numDeletedRows).toBe(1n);
    expect(await subnets()).toEqual([]);
  });

  test('counts nothing for a statement that changed nothing, even after one that did', async () => {
    await db.updateTable('subnet').set({ cidr: '10.9.0.0/16' }).execute();
    const missed = await db.deleteFrom('gateway').where('id', '=', 99).executeTakeFirst();
    expect(missed.numDeletedRows).toBe(0n);
    const created = await sql`create table later (id integer)`.execute(db);
    expect(created.numAffectedRows).toBe(0n);
    const inserted = await db.insertInto('gateway').values({ name: 'lima' }).executeTakeFirst();
    expect(inserted).toMatchObject({ insertId: 3n, numInsertedOrUpdatedRows: 1n });
  });

  test('rolls a transaction back', async () => {
    const work = db.transaction().execute(async (trx) => {
      await trx.deleteFrom('subnet').execute();
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await subnets()).toHaveLength(3);
  });

  test('rolls back to a savepoint and keeps what came before it', async () => {
    const trx = await db.startTransaction().execute();
    await trx.deleteFrom('subnet').where('id', '=', 1).execute();
    const saved = await trx.savepoint('before').execute();
    await saved.deleteFrom('subnet').execute();
    const restored = await saved.rollbackToSavepoint('before').execute();
    await restored.commit().execute();
    expect(await subnets()).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
  });

  test('a stream that is left early holds nothing back', async () => {
    const seen: string[] = [];
    for await (const row of db.selectFrom('subnet').select('cidr').orderBy('id').stream()) {
      seen.push(row.cidr);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual(['10.0.0.0/24', '10.0.1.0/24']);
    await db.schema.dropTable('subnet').execute();
  });

  test.each([
    [
      'a name taken',
      `insert into gateway (name) values ('berlin')`,
      'SQLITE_CONSTRAINT_UNIQUE',
      'UNIQUE constraint failed: gateway.name',
    ],
    [
      'an id taken',
      `insert into gateway (id, name) values (1, 'x')`,
      'SQLITE_CONSTRAINT_PRIMARYKEY',
      'UNIQUE constraint failed: gateway.id',
    ],
    [
      'a name missing',
      `insert into gateway (weight) values (1)`,
      'SQLITE_CONSTRAINT_NOTNULL',
      'NOT NULL constraint failed: gateway.name',
    ],
    [
      'a check',
      `insert into gateway (name, weight) values ('x', -1)`,
      'SQLITE_CONSTRAINT_CHECK',
      'CHECK constraint failed: weight > 0',
    ],
    [
      'no such gateway',
      `insert into subnet (gatewayId, cidr) values (99, 'x')`,
      'SQLITE_CONSTRAINT_FOREIGNKEY',
      'FOREIGN KEY constraint failed',
    ],
    [
      'text for a primary key',
      `insert into gateway (id, name) values ('x', 'y')`,
      'SQLITE_MISMATCH',
      'datatype mismatch',
    ],
    ['no such table', `select * from nowhere`, 'SQLITE_ERROR', 'no such table: nowhere'],
    ['not SQL', `selec 1`, 'SQLITE_ERROR', 'near "selec": syntax error'],
  ])('names the error: %s', async (_case, statement, code, message) => {
    await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({
      name: 'SqliteError',
      code,
      message,
    });
  });

  test('a failed statement leaves nothing half done', async () => {
    const both = db
      .insertInto('gateway')
      .values([{ name: 'lima' }, { name: 'berlin' }])
      .execute();
    await expect(both).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(await db.selectFrom('gateway').select('name').orderBy('id').execute()).toEqual([
      { name: 'berlin' },
      { name: 'oslo' },
    ]);
  });

  test.each([
    ['true', true],
    ['a date', new Date(0)],
    ['an object', { a: 1 }],
    ['a list', [1]],
    ['a symbol', Symbol('x')],
    ['an ArrayBuffer', new ArrayBuffer(2)],
  ])('refuses to store %s', async (_case, value) => {
    const asking = sql`select ${value} as value`.execute(db);
    await expect(asking).rejects.toThrow(TypeError);
  });

  test.each([
    ['text', 'a\u0000ß😀'],
    ['a number', 1.25],
    ['a large number', 2 ** 53 - 1],
    ['null', null],
  ])('gives back %s as it was', async (_case, value) => {
    const { rows } = await sql<{ value: unknown }>`select ${value} as value`.execute(db);
    expect(rows).toEqual([{ value }]);
  });

  test('gives bytes back', async () => {
    await db
      .updateTable('gateway')
      .set({ key: new Uint8Array([0, 255, 7]) })
      .execute();
    const { key } = await db.selectFrom('gateway').select('key').executeTakeFirstOrThrow();
    expect([...(key ?? [])]).toEqual([0, 255, 7]);
  });

  test.each([
    ['several statements', 'select 1; select 2', 'more than one statement'],
    ['no statement', '  ', 'no statements'],
  ])('refuses %s', async (_case, text, message) => {
    await expect(sql.raw(text).execute(db)).rejects.toThrow(message);
    await expect(sql.raw(text).execute(db)).rejects.toThrow(RangeError);
  });

  test('takes a statement that ends with a semicolon', async () => {
    expect((await sql.raw('select 1 as one;\n').execute(db)).rows).toEqual([{ one: 1 }]);
  });
});
