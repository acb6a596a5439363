import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { openSqlite } from './openSqlite.ts';

afterEach(() => vi.restoreAllMocks());

test('a statement is prepared once, and finds what has changed since', async () => {
  const { db } = openSqlite(':memory:');
  await sql`create table note (text text)`.execute(db);
  const prepare = vi.spyOn(SQLite.prototype, 'prepare');
  const read = async () => (await sql`select * from note`.execute(db)).rows;
  for (const text of ['a', 'b']) await sql`insert into note values (${text})`.execute(db);
  expect(await read()).toEqual([{ text: 'a' }, { text: 'b' }]);
  expect(await read()).toHaveLength(2);
  expect(prepare).toHaveBeenCalledTimes(2);
  await sql`alter table note add column more text`.execute(db);
  expect(await read()).toContainEqual({ text: 'a', more: null });
  await db.destroy();
});

test('a transaction that fails leaves nothing behind, whatever was prepared', async () => {
  const { db } = openSqlite(':memory:');
  await sql`create table note (text text unique)`.execute(db);
  const write = () =>
    db.transaction().execute(async (trx) => {
      await sql`insert into note values ('first')`.execute(trx);
      await sql`insert into note values ('first')`.execute(trx);
    });
  await expect(write()).rejects.toThrow('UNIQUE');
  await expect(write()).rejects.toThrow('UNIQUE');
  expect((await sql`select * from note`.execute(db)).rows).toEqual([]);
  await db.destroy();
});
