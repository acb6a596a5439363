/**
 * The values that better-sqlite3 binds. SQLite's WebAssembly build takes booleans as 0 and 1 and other things in ways of
 * its own, which would hide here what fails on the server.
 *
 * @throws TypeError for booleans, dates, objects and symbols.
 */
export function bindable(value: unknown): string | number | bigint | null | Uint8Array {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null');
}
