import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** The error better-sqlite3 throws: `code` is SQLite's extended result code by name, such as SQLITE_CONSTRAINT_UNIQUE. */
export class SqliteError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.name = 'SqliteError';
    this.code = code;
  }

  /** An error of the WebAssembly build as better-sqlite3 would have thrown it; anything else as it is. */
  static from(error: unknown, sqlite3: Sqlite3Static): unknown {
    if (!(error instanceof sqlite3.SQLite3Error)) return error;
    const code = sqlite3.capi.sqlite3_js_rc_str(error.resultCode);
    // "SQLITE_CONSTRAINT_UNIQUE: sqlite3 result code 2067: UNIQUE constraint failed: vpn.name"
    const message = error.message.replace(/^\w+: sqlite3 result code \d+: /, '');
    return new SqliteError(message, code ?? 'SQLITE_ERROR');
  }
}
