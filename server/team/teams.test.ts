import { expect, test } from 'vitest';
import { createTestApp } from '../testing.ts';

test('an admin renames the team, once per revision', async () => {
  const { addTeam, member } = await createTestApp();
  const team = await addTeam('Acme');
  const { client } = await member('Ada', team.id, 'admin');

  const before = await client.get(team.path);
  expect(before.headers.get('etag')).toBe('"1"');

  expect((await client.patch(team.path, { name: 'Apex' })).status).toBe(428);
  const renamed = await client.patch(team.path, { name: 'Apex' }, { ifMatch: '"1"' });
  expect(await renamed.json()).toMatchObject({ name: 'Apex', revision: 2 });

  const late = await client.patch(team.path, { name: 'Zenith' }, { ifMatch: '"1"' });
  expect(late.status).toBe(412);
  expect(late.headers.get('content-type')).toBe('application/problem+json');
  expect(await late.json()).toMatchObject({
    code: 'changed_meanwhile',
    current: { name: 'Apex', revision: 2 },
  });
});
