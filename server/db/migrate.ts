import { sql, SqliteAdapter, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import * as accounts from './migrations/0001_accounts.ts';
import * as vpns from './migrations/0002_vpns.ts';
import * as ports from './migrations/0003_ports.ts';
import * as bothSides from './migrations/0004_both_sides.ts';
import * as pipelines from './migrations/0005_pipelines.ts';
import type { Database } from './schema.ts';

/** In order, by name. Listed here rather than read from the folder, so that they run in a browser too. */
const migrations: Record<string, Migration> = {
  '0001_accounts': accounts,
  '0002_vpns': vpns,
  '0003_ports': ports,
  '0004_both_sides': bothSides,
  '0005_pipelines': pipelines,
};

/**
 * Brings the database to the newest schema; on one that is there already it does nothing. A migration only ever adds:
 * nothing that an older server wrote is lost. Rejects with the failed migration's error, and leaves what ran before it.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  // Off by default in some builds of SQLite, and per connection.
  if (db.getExecutor().adapter instanceof SqliteAdapter) await sql`pragma foreign_keys = on`.execute(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
