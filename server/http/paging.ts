import { sql, type Expression, type SqlBool } from 'kysely';
import type { Page } from '../../contract/lists.ts';
import { decodeBase64Url, encodeBase64Url } from '../base64url.ts';
import { ProblemError } from './problem.ts';

/** The sort values of a list’s last row; the last of them is unique (the id). */
export type Key = readonly (string | number)[];

/** An opaque cursor: base64url of the key in JSON. It holds nothing that the list didn’t show. */
export const encodeCursor = (key: Key): string =>
  encodeBase64Url(new TextEncoder().encode(JSON.stringify(key)));

/** The key inside a cursor of `length` values; 400 for anything that this server didn’t write. */
export function decodeCursor(cursor: string, length: number): Key {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64Url(cursor));
    const key: unknown = JSON.parse(text);
    if (Array.isArray(key) && key.length === length && key.every(isKeyPart)) return key;
  } catch {
    // Falls through to the one answer for every kind of broken cursor.
  }
  throw new ProblemError({
    status: 400,
    code: 'invalid_cursor',
    title: 'The cursor is not one of this list.',
  });
}

const isKeyPart = (part: unknown): part is string | number =>
  typeof part === 'string' || typeof part === 'number';

/** A column by name, or what the list is sorted by where that isn’t a column. */
export type Order = { column: string | Expression<unknown>; descending?: boolean };

/**
 * The condition for rows after `key` in `order`, spelled out column by column because row values can’t mix directions:
 * `a > x or (a = x and b > y)`.
 */
export function after(order: readonly Order[], key: Key): Expression<SqlBool> {
  const [first, ...rest] = order;
  const [value, ...values] = key;
  if (!first || value === undefined) return sql<SqlBool>`1 = 0`;
  const column = typeof first.column === 'string' ? sql.ref(first.column) : first.column;
  const beyond = first.descending ? sql<SqlBool>`${column} < ${value}` : sql<SqlBool>`${column} > ${value}`;
  if (rest.length === 0) return beyond;
  return sql<SqlBool>`(${beyond} or (${column} = ${value} and ${after(rest, values)}))`;
}

/** A page from `rows`, of which the query fetched one more than `limit` to see whether there is a next one. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  options: { limit: number; total: number; key: (row: Row) => Key; item: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  const more = rows.length > options.limit && last !== undefined;
  return {
    items: shown.map(options.item),
    nextCursor: more ? encodeCursor(options.key(last)) : null,
    total: options.total,
  };
}
