import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createWorkspace } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

let world: Awaited<ReturnType<typeof createTestTeam>>;
beforeEach(async () => {
  world = await createTestTeam();
  await createWorkspace(world.anna.client, world.team.path, 'backend');
});

const culvert = (words: string, stdin?: string) =>
  world.culvert(['secret', ...words.split(' ')], stdin === undefined ? {} : { stdin });
/** What the server keeps, opened. */
async function stored() {
  const rows = await world.server.db.selectFrom('secret').selectAll().orderBy('name').execute();
  return await Promise.all(
    rows.map(async ({ id, level_key, name, value_sealed, as_file, in_previews }) => ({
      level: level_key === 'team' ? 'team' : 'member',
      name,
      value: await world.server.deps.secretBox.open(value_sealed, `secret:${id}:value`),
      as_file,
      in_previews,
    })),
  );
}

test('a value comes from stdin, without the line break that echo adds; once more, it replaces', async () => {
  expect(await culvert('set database_url', 'one\ntwo\n')).toMatchObject({
    exit: 0,
    stdout: 'Added your secret DATABASE_URL. Replicas get it at their next start.\n',
  });
  expect(await culvert('set DATABASE_URL --delivery file', 'three')).toMatchObject({
    exit: 0,
    stdout: 'Replaced the value of your secret DATABASE_URL. Replicas get it at their next start.\n',
  });
  expect(await stored()).toMatchObject([
    { level: 'member', name: 'DATABASE_URL', value: 'three', as_file: 1 },
  ]);
});

test('a value from a file stays as it is, to the last line break', async () => {
  const file = join(world.folder, 'key.pem');
  writeFileSync(file, 'key\n');
  await culvert(`set TLS_KEY --from-file ${file} --of-team --previews`);
  expect(await stored()).toMatchObject([{ level: 'team', value: 'key\n', in_previews: 1 }]);
  await culvert(`set TLS_KEY --from-file ${file} --of-team --no-previews`);
  expect(await stored()).toMatchObject([{ in_previews: 0 }]);
});

test('at a terminal a value is asked for', async () => {
  const { stderr } = await world.culvert(['secret', 'set', 'A'], { answers: ['typed'] });
  expect(stderr).toBe('Value of A: ');
  expect(await stored()).toMatchObject([{ value: 'typed' }]);
});

test('they are listed without values: one’s own, the team’s, and what a workspace gets', async () => {
  await culvert('set MINE --for backend', 'secret-value');
  await culvert('set TEAMS --of-team --previews --delivery file', 'secret-value');
  const texts = await Promise.all(
    ['list', 'list --of-team', 'list --for backend'].map(async (words) => (await culvert(words)).stdout),
  );
  expect(texts).toEqual([
    'NAME  DELIVERED AS  WORKSPACES  CHANGED\nMINE  environment   backend     2026-11-21\n',
    'NAME   DELIVERED AS  WORKSPACES     CHANGED\nTEAMS  file          all, previews  2026-11-21\n',
    'NAME   DELIVERED AS  OF\nMINE   environment   the owner\nTEAMS  file          the team\n',
  ]);
  expect((await culvert('list --of-team --json')).json()).toMatchObject({ items: [{ name: 'TEAMS' }] });
});

test('one is deleted by name', async () => {
  await culvert('set A', 'x');
  expect(await culvert('delete a')).toMatchObject({ exit: 0, stdout: 'Deleted your secret A.\n' });
  expect(await stored()).toEqual([]);
});

describe('refused', () => {
  test.each([
    ['set A', '', 2, 'There is no value.'],
    ['set api-key', 'x', 1, 'Use letters, digits and underscores only, not “-”.'],
    ['set A --for nowhere', 'x', 1, 'There is no such workspace in the team.'],
    ['set A --from-file /nowhere/key', undefined, 1, '/nowhere/key can’t be read'],
    ['set A --delivery pipe', 'x', 2, 'Allowed choices are environment, file.'],
    ['delete NONE', undefined, 3, 'There is no secret NONE.'],
    ['list --for nowhere', undefined, 3, 'There is no such workspace'],
  ])('%s', async (words, stdin, exit, message) => {
    const ran = await culvert(words, stdin);
    expect(ran.stderr).toContain(message);
    expect(ran.exit).toBe(exit);
  });
});
