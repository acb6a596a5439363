import { z } from 'zod';

/** Lists page by an opaque cursor: pass `nextCursor` back as `cursor`; null means the end. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

export type Page<Item> = { items: Item[]; nextCursor: string | null; total: number };

export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  search: z.string().max(200).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** ISO 8601 in UTC with milliseconds, as `new Date().toISOString()` writes it. */
export const Instant = z.iso.datetime();

/** A reference to a person or thing by id, with the name to show. */
export const Ref = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Ref' });
export type Ref = z.infer<typeof Ref>;
