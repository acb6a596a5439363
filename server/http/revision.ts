import type { Context } from 'hono';
import { z } from 'zod';
import { ProblemError } from './problem.ts';

/** The header of a change, for route definitions: `request: { headers: IfMatch }`. */
export const IfMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .meta({ description: 'The revision that the change is based on, in quotes: `"3"`. 428 without.' }),
});

/** A revision as an entity tag. */
export const etag = (revision: number) => `"${revision}"`;

/**
 * Lets a change through when its `If-Match` names the revision that is stored now (RFC 9110, 13.1.1; `*` names any).
 * Call it inside the transaction that writes. 428 without the header, 412 with the object as it is now otherwise.
 */
export async function matchRevision(
  c: Context,
  revision: number,
  /** May be asynchronous. */
  current: () => unknown,
): Promise<void> {
  const header = c.req.header('if-match');
  if (header === undefined) {
    throw new ProblemError({
      status: 428,
      code: 'revision_required',
      title: 'A change needs If-Match with the revision it is based on.',
    });
  }
  const tags = new Set(header.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
  if (tags.has('*') || tags.has(etag(revision))) return;
  throw new ProblemError({
    status: 412,
    code: 'changed_meanwhile',
    title: 'Somebody else changed this since you opened it.',
    current: await current(),
  });
}
