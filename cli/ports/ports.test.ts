import { expect, test } from 'vitest';
import { createWorkspace, forwardPort } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

async function backend() {
  const world = await createTestTeam();
  const { id } = await createWorkspace(world.anna.client, world.team.path, 'backend');
  const culvert = (words: string) => world.culvert([...words.split(' '), '--workspace', 'backend']);
  return { ...world, id, ports: culvert };
}

test('a port is added, shared and stopped', async () => {
  const { ports } = await backend();
  const added = await ports('ports add 3000 --label Web');
  expect(added.stdout).toMatch(/^http:\/\/\S+\.localhost:8080\/?\n$/);
  expect(await ports('ports visibility 3000:organization')).toMatchObject({
    exit: 0,
    stdout: 'Port 3000 is organization now.\n',
  });
  expect((await ports('ports')).stdout).toMatch(
    /^PORT +LABEL +PROCESS +VISIBILITY +STATUS +ADDRESS\n3000 +Web +organization +no replica +http:/,
  );
  expect(await ports('ports stop 3000')).toMatchObject({
    exit: 0,
    stdout: 'Port 3000 isn’t forwarded any more.\n',
  });
  expect((await ports('ports')).stdout).toBe(
    'Nothing listens in this workspace, and no port is forwarded.\n',
  );
});

test('several ports change at once, up to the one that is refused', async () => {
  const { ports, anna, team, id } = await backend();
  await forwardPort(anna.client, team.path, id, 3000);
  const { exit, stdout, stderr } = await ports('ports visibility 3000:public 4000:public');
  expect([exit, stdout]).toEqual([1, 'Port 3000 is public now.\n']);
  expect(stderr).toBe('culvert: Port 4000 isn’t forwarded. Forward it first.\n');
});

test.each([
  [
    'ports visibility 3000',
    'Write the port, a colon, and one of private, organization, public: 3000:private.',
  ],
  ['ports visibility 0:public', 'A port is a number from 1 to 65535.'],
  [
    'ports visibility 3000:org',
    'Write the port, a colon, and one of private, organization, public: 3000:private.',
  ],
  ['ports stop 99999', 'A port is a number from 1 to 65535.'],
  ['ports add', "missing required argument 'port'\nSee culvert ports add --help.\n"],
  ['ports forwrd 3000', 'culvert: culvert ports has no such command.\nSee culvert ports --help.\n'],
])('%s is a wrong usage', async (words, message) => {
  const { ports } = await backend();
  const { exit, stderr } = await ports(words);
  expect(stderr).toContain(message);
  expect(exit).toBe(2);
});

test('a port of a workspace that isn’t there is not found', async () => {
  const { culvert } = await backend();
  const { exit, stderr } = await culvert(['ports', '--workspace', 'nowhere', '--json']);
  expect(JSON.parse(stderr)).toMatchObject({ status: 404, code: 'not_found' });
  expect(exit).toBe(3);
});

test('the workspace has to be named, by option or variable', async () => {
  const { culvert } = await backend();
  expect(await culvert(['ports'])).toMatchObject({ exit: 2 });
  expect(await culvert(['ports'], { env: { CULVERT_WORKSPACE: 'backend' } })).toMatchObject({ exit: 0 });
});
