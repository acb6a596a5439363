import { expect, test } from 'vitest';
import fc from 'fast-check';
import { createTestApp } from '../testing.ts';
import { decodeCursor, encodeCursor } from './paging.ts';

test('a cursor gives back the key it was made of', () => {
  const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer());
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (key) => {
      const cursor = encodeCursor(key);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor(cursor, key.length)).toEqual(key);
    }),
  );
});

test('pages follow each other without gap or repetition, also when names are equal and rows come and go', async () => {
  const { addTeam, addUser, member, db } = await createTestApp();
  const team = await addTeam();
  const { client } = await member('Mona', team.id, 'admin');
  for (let n = 0; n < 12; n += 1) {
    const { id } = await addUser(`twin${n}`, [{ id: team.id, role: 'member' }]);
    if (n % 2 === 0) await db.updateTable('user').set({ name: 'Änne' }).where('id', '=', id).execute();
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page = await (await client.get(`${team.path}/members?limit=5${query}`)).json();
    expect(page.items.length).toBeLessThanOrEqual(5);
    seen.push(...page.items.map((item: { id: string }) => item.id));
    // Whoever comes in before the cursor changes nothing of what follows.
    if (cursor === null) await addUser('aaron', [{ id: team.id, role: 'member' }]);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(13);
  expect(new Set(seen).size).toBe(13);
});

test('a search narrows the list and its total, and takes % and _ as themselves', async () => {
  const { addTeam, addUser, member } = await createTestApp();
  const team = await addTeam();
  const { client } = await member('Mona', team.id);
  await addUser('Ann_A', [{ id: team.id, role: 'member' }]);
  await addUser('AnnXA', [{ id: team.id, role: 'member' }]);
  const total = async (search: string) =>
    (await (await client.get(`${team.path}/members?search=${encodeURIComponent(search)}`)).json()).total;
  expect([await total('ann'), await total('ANN_'), await total('%'), await total('mona@')]).toEqual([
    2, 1, 0, 1,
  ]);
});
