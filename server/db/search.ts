import { sql, type Expression, type SqlBool } from 'kysely';

/** Whether a lower-case text column holds what somebody searches for, with `%` and `_` taken as themselves. */
export function contains(column: Expression<string>, search: string): Expression<SqlBool> {
  const pattern = `%${search
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${column} like ${pattern} escape '\\'`;
}
