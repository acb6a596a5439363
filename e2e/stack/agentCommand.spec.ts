import { join } from 'node:path';
import type { JoinToken, Replica } from '../../contract/workspaces.ts';
import { Runner } from '../lab/runner.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';
import { expect, test as base } from './portFixtures.ts';

const program = new URL('../../dist/agent/culvert.mjs', import.meta.url).pathname;

type Fixtures = {
  /** A workspace without a replica. */
  empty: WorkspaceMachines;
  /** A machine that knows nothing of Culvert but the command line, and how it is run there. */
  machine: { start: (args: string) => ReturnType<Runner['start']> };
};

const test = base.extend<Fixtures>({
  empty: async ({ company }, use) => {
    const workspace = await company.workspace(0);
    await use(workspace);
    await workspace.close();
  },
  machine: async ({ company, empty }, use) => {
    const runner = new Runner(company.lab.replica(1), join(company.lab.folder, `${empty.name}-runner`));
    await runner.up();
    const places = ['--prefix', '/usr/local/lib/culvert-cli', '--state', '/var/lib/culvert-cli'];
    const env = {
      CULVERT_SERVER: company.server.url,
      CULVERT_TOKEN: company.people.owner.token,
      CULVERT_WORKSPACE: empty.name,
      CULVERT_SECRETS: join(runner.folder, 'secrets'),
    };
    await use({
      start: (args) => runner.start(`exec node ${program} agent ${args} ${places.join(' ')}`, env),
    });
    await runner.down();
  },
});

const online = async ({ path }: WorkspaceMachines, api: { get: <Body>(path: string) => Promise<Body> }) => {
  const { items } = await api.get<{ items: Replica[] }>(`${path}/replicas`);
  return items.map((replica) => [replica.hostname, replica.online]);
};

test('culvert agent join makes a machine a replica, which stays one', async ({ company, empty, machine }) => {
  const { api } = company.people.owner;
  const { code, stdout, stderr } = await machine.start('join --name from-cli --json').ended;
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ replica: `${empty.name}-1` });
  expect(await online(empty, api)).toEqual([['from-cli', true]]);
});

test('culvert agent run makes a machine a replica until it is interrupted', async ({
  company,
  empty,
  machine,
}) => {
  const { api } = company.people.owner;
  const job = machine.start('run --name from-cli');
  await job.printed('"message":"Connected."');
  await expect.poll(() => online(empty, api)).toEqual([['from-cli', true]]);
  job.cancel('SIGINT');
  await expect.poll(() => online(empty, api)).toEqual([['from-cli', false]]);
  // The one that the workspace was made with: nothing is left of the command’s own.
  await expect
    .poll(async () => {
      const { items } = await api.get<{ items: JoinToken[] }>(`${empty.path}/join-tokens`);
      return items.map(({ name }) => name);
    })
    .toEqual(['Join command']);
});
