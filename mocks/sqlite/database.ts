import sqlite3InitModule, {
  type Database,
  type PreparedStatement,
  type Sqlite3Static,
} from '@sqlite.org/sqlite-wasm';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { bindable } from './bindable.ts';
import { SqliteError } from './sqliteError.ts';

/**
 * An empty in-memory database that behaves as better-sqlite3's does: the same error names and codes, the same counts of
 * changed rows, the same refusals of values and of several statements in one string, foreign keys enforced.
 * `parity.test.ts` runs one table of cases on both.
 */
export async function openMemoryDatabase(): Promise<SqliteDatabase> {
  const sqlite3 = await sqlite3InitModule();
  const database = new sqlite3.oo1.DB(':memory:', 'c');
  database.exec('pragma foreign_keys = on');
  const idle: Idle = new Map();
  return {
    close: () => {
      for (const { statement: each } of idle.values()) each.finalize();
      database.close();
    },
    prepare: (sql) => statement(sqlite3, database, idle, sql),
  };
}

/** Statements that ran to their end, by their text, to be run again: compiling them takes longer than most of them run. */
type Idle = Map<string, Compiled>;
type Compiled = { statement: PreparedStatement; columns: string[] };
const MOST_IDLE = 500;

/** Compiles once to learn whether the statement gives rows, as better-sqlite3 does, and runs it at most once. */
function statement(sqlite3: Sqlite3Static, database: Database, idle: Idle, sql: string): SqliteStatement {
  const failing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw SqliteError.from(error, sqlite3);
    }
  };
  const { statement: compiled, columns } = idle.get(sql) ?? failing(() => compile(sqlite3, database, sql));
  idle.delete(sql);
  const row = () => {
    const values = compiled.get([]);
    return Object.fromEntries(columns.map((name, index) => [name, values[index]]));
  };

  const bind = (parameters: readonly unknown[]) => {
    if (parameters.length !== compiled.parameterCount) {
      const amount = parameters.length < compiled.parameterCount ? 'few' : 'many';
      throw new RangeError(`Too ${amount} parameter values were provided`);
    }
    if (parameters.length > 0) compiled.bind(parameters.map(bindable));
  };

  function* rows(parameters: readonly unknown[]): IterableIterator<unknown> {
    let ended = false;
    try {
      failing(() => {
        bind(parameters);
      });
      while (failing(() => compiled.step())) yield row();
      ended = true;
    } finally {
      if (ended && !idle.has(sql) && idle.size < MOST_IDLE)
        idle.set(sql, { statement: compiled.reset(true), columns });
      else compiled.finalize();
    }
  }

  return {
    reader: columns.length > 0,
    all: (parameters) => [...rows(parameters)],
    iterate: rows,
    run: (parameters) => {
      const before = database.changes(true);
      for (const _row of rows(parameters)) break;
      // Rows that a cascade or a trigger touched count in the total only, and are not reported: better-sqlite3's rule.
      const changes = database.changes(true) === before ? 0 : database.changes();
      return { changes, lastInsertRowid: sqlite3.capi.sqlite3_last_insert_rowid(database) };
    },
  };
}

function compile(sqlite3: Sqlite3Static, database: Database, sql: string): Compiled {
  let compiled: PreparedStatement;
  try {
    compiled = database.prepare(sql);
  } catch (error) {
    if (sql.trim() === '') throw new RangeError('The supplied SQL string contains no statements');
    throw error;
  }
  // SQLite compiles the first statement and says where it ended; what follows would be silently ignored.
  const rest = sql.slice(sqlite3.capi.sqlite3_sql(compiled).length);
  if (/[^\s;]/.test(rest)) {
    compiled.finalize();
    throw new RangeError('The supplied SQL string contains more than one statement');
  }
  return { statement: compiled, columns: compiled.columnCount > 0 ? compiled.getColumnNames() : [] };
}
