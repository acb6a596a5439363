import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from '../../db/migrate.ts';
import type { Database } from '../../db/schema.ts';
import { openSqlite } from '../openSqlite.ts';

let migrated: Promise<Buffer> | undefined;

/**
 * A new database at the newest schema; in memory for `:memory:`. Those are copies of one that was migrated once: migrating is
 * most of what a test of the server would wait for.
 */
export async function openMigrated(file: string): Promise<ReturnType<typeof openSqlite>> {
  if (file === ':memory:') return openSqlite(await (migrated ??= migrateOnce()));
  const opened = openSqlite(file);
  await migrate(opened.db);
  return opened;
}

async function migrateOnce(): Promise<Buffer> {
  const sqlite = new SQLite(':memory:');
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
  await migrate(db);
  const copy = sqlite.serialize();
  await db.destroy();
  return copy;
}
