import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiTokenCreated } from '../../contract/team.ts';
import type { JoinToken } from '../../contract/workspaces.ts';
import { body, createWorkspace } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

// What is run as root is what each test says, and nothing of this machine is touched.
beforeEach(() => {
  vi.spyOn(process, 'getuid').mockReturnValue(0);
});

/** A team, and a server whose installer does nothing but this. */
async function withInstaller(main: string) {
  const world = await createTestTeam();
  const workspace = await createWorkspace(world.anna.client, world.team.path, 'backend');
  const installAs = async (env: Record<string, string>, command: string, ...argv: string[]) =>
    await world.culvert(['agent', command, '--workspace', 'backend', ...argv], {
      env,
      fetch: async (url, init) =>
        new URL(url).pathname === '/agent/install.sh'
          ? new Response(`main() {\n${main}\n}\nmain "$@"\n`)
          : await world.server.app.request(url, init),
    });
  const install = (command: string, ...argv: string[]) => installAs({}, command, ...argv);
  const tokens = async () => {
    const path = `${world.team.path}/workspaces/${workspace.id}/join-tokens`;
    const { items } = await (await world.anna.client.get(path)).json();
    return items.map(({ name }: JoinToken) => name);
  };
  return { ...world, install, installAs, tokens };
}

const joins = 'echo "Connected to http://localhost:8080 as replica backend-1 of workspace backend."';

describe('culvert agent join', () => {
  test('runs the server’s installer with a join token, and says which replica this machine is', async () => {
    const { install, tokens } = await withInstaller(joins);
    const ran = await install('join', '--json');
    expect(ran.json()).toEqual({ replica: 'backend-1' });
    expect(ran).toMatchObject({ exit: 0, stderr: expect.stringContaining('Connected to') });
    expect(await tokens()).toEqual(['culvert agent on annas-laptop']);
  });

  test('gives the token by a variable of its own, and the options as arguments', async () => {
    const { install } = await withInstaller(
      `echo "token: \${CULVERT_JOIN_TOKEN%%_join_*} arguments: $*"\n${joins}`,
    );
    const ran = await install('join', '--name', 'builder', '--folder', '/srv/a b', '--with-strongswan');
    expect(ran.stderr).toContain('token: culv arguments: --name builder --folder /srv/a b --with-strongswan');
  });

  test('fails with what the installer said last, and leaves no join token', async () => {
    const { install, tokens } = await withInstaller('echo "culvert: curl or wget is needed." >&2; exit 1');
    const ran = await install('join');
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('culvert: This machine did not become a replica: curl or wget is needed.\n');
    expect(await tokens()).toEqual([]);
  });

  test('runs nothing for somebody whose workspace it isn’t', async () => {
    const { installAs, server, team } = await withInstaller('echo installing');
    const bob = await server.member('Bob', team.id);
    const made = await bob.client.post(`${team.path}/api-tokens`, { name: 'CI' });
    const { token } = ApiTokenCreated.parse(await body(made, 201));
    expect(await installAs({ CULVERT_TOKEN: token }, 'join')).toMatchObject({
      exit: 5,
      stderr: expect.not.stringContaining('installing'),
    });
  });
});

describe('culvert agent run', () => {
  test('shows the agent’s log, ends as it does, and leaves no join token', async () => {
    const log = '{"level":"info","message":"Connected.","workspace":"backend","replica":"backend-1"}';
    const { install, tokens } = await withInstaller(`echo '${log}'; echo "$*"; exit 3`);
    const ran = await install('run');
    expect(ran).toMatchObject({ exit: 3, stdout: `${log}\n--foreground\n` });
    expect(await tokens()).toEqual([]);
  });
});
