import { readFile, stat, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { TestClient } from '../../server/testing.ts';
import { createTestApp } from '../../server/testing.ts';
import { createTestCli, createTestTeam } from '../testing.ts';

const SERVER = 'http://localhost:8080';

async function newMachine() {
  const server = await createTestApp();
  const [acme, labs] = [await server.addTeam('Acme'), await server.addTeam('Labs')];
  const anna = await server.addUser('Anna', [
    { id: acme.id, role: 'admin' },
    { id: labs.id, role: 'member' },
  ]);
  const browser = await server.signIn(anna.id);
  const cli = createTestCli(server.app);

  /** `culvert login`, while somebody decides in the browser after `polls` answers that said to wait. */
  async function login(
    decision: { decision: 'allow'; team: string } | { decision: 'deny' } | null,
    options: { polls?: number; argv?: string[] } = {},
  ) {
    let code = '';
    let waits = 0;
    return await cli.culvert(['login', '--server', SERVER, ...(options.argv ?? [])], {
      fetch: async (url, init) => {
        const response = await server.app.request(url, init);
        if (url.endsWith('/device-codes')) code = (await response.clone().json()).userCode;
        return response;
      },
      wait: async (ms) => {
        server.clock.advance(ms);
        if (waits++ === (options.polls ?? 1) && decision) await decide(browser, code, decision);
      },
      now: () => server.clock.now(),
    });
  }
  return { server, acme, labs, browser, login, ...cli };
}

const decide = async (browser: TestClient, code: string, decision: object) => {
  const { status } = await browser.post(`/api/v1/device-codes/${code}/decision`, decision);
  if (status !== 204) throw new Error(`${status} for the decision`);
};

test('a code that is allowed in the browser signs in, and only this user can read what is kept', async () => {
  const { acme, login, culvert, configFile } = await newMachine();
  const { exit, stdout, stderr } = await login({ decision: 'allow', team: acme.id });
  expect(stderr).toMatch(
    /^Open http:\/\/localhost:8080\/device\?code=(\S{4}-\S{4})\nand compare the code there with \1\.\nWaiting for the browser…\n$/,
  );
  expect([exit, stdout]).toEqual([0, 'Signed in to http://localhost:8080 as Anna, for the team Acme.\n']);
  expect((await stat(configFile)).mode & 0o777).toBe(0o600);
  expect(await readFile(configFile, 'utf8')).toContain('culv_api_');
  expect((await culvert(['status'])).stdout).toMatch(
    /^Server +http:\/\/localhost:8080 .*\nSigned in as +Anna,/,
  );
});

test('a sign-in that is refused in the browser leaves nothing behind', async () => {
  const { login, culvert } = await newMachine();
  expect(await login({ decision: 'deny' })).toMatchObject({
    exit: 4,
    stdout: '',
    stderr: expect.stringContaining('culvert: The sign-in was refused in the browser.\n'),
  });
  expect(await culvert(['status'])).toMatchObject({ exit: 4 });
});

test('a code that nobody allows ends after its 15 minutes', async () => {
  const { login } = await newMachine();
  const { exit, stderr } = await login(null);
  expect(stderr).toContain('culvert: Nobody allowed the sign-in in time.\nBegin again: culvert login\n');
  expect(exit).toBe(6);
});

test('a second team of the same server is kept beside the first, and chosen by name', async () => {
  const { acme, labs, login, culvert } = await newMachine();
  await login({ decision: 'allow', team: acme.id });
  await login({ decision: 'allow', team: labs.id });
  const team = async (...argv: string[]) => (await culvert(['status', '--json', ...argv])).json();
  expect(await team()).toMatchObject({ team: { name: 'Labs', role: 'member' }, signedInBy: 'login' });
  expect(await team('--team', 'acme')).toMatchObject({ team: { name: 'Acme', role: 'admin' } });
  expect(await culvert(['status', '--team', 'Sales'])).toMatchObject({
    exit: 4,
    stderr: expect.stringContaining('for “Acme”, “Labs”, not for “Sales”'),
  });
});

test('signing out revokes the token', async () => {
  const { acme, labs, login, culvert, configFile, server } = await newMachine();
  await login({ decision: 'allow', team: acme.id });
  await login({ decision: 'allow', team: labs.id });
  const { token } = JSON.parse(await readFile(configFile, 'utf8')).servers[SERVER].teams[1];
  expect(await culvert(['logout', '--team', 'Labs'])).toMatchObject({
    exit: 0,
    stdout: 'Signed out of http://localhost:8080, team Labs.\n',
  });
  expect((await server.withApiToken(token).get(`${labs.path}/vpns`)).status).toBe(401);
  expect((await culvert(['status', '--json'])).json()).toMatchObject({ team: { name: 'Acme' } });
  expect(await culvert(['logout'])).toMatchObject({ exit: 0 });
  expect(await culvert(['logout'])).toMatchObject({ exit: 4 });
});

test('an API token is taken from stdin, and nothing prints it', async () => {
  const { culvert, env, configFile } = await createTestTeam();
  const none = { CULVERT_TOKEN: '' };
  const login = await culvert(['login', '--with-token'], { stdin: `${env.CULVERT_TOKEN}\n`, env: none });
  expect(login).toMatchObject({ exit: 0, stdout: expect.stringContaining('for the team Acme') });
  expect(await readFile(configFile, 'utf8')).toContain(env.CULVERT_TOKEN);
  const status = await culvert(['status', '--json'], { env: none });
  expect(login.stdout + login.stderr + status.stdout).not.toContain(env.CULVERT_TOKEN);
});

test('a token among the arguments is refused, and blotted out in what is said about it', async () => {
  const { culvert, env } = await createTestTeam();
  for (const argv of [
    ['login', env.CULVERT_TOKEN],
    ['login', `--with-token=${env.CULVERT_TOKEN}`],
  ]) {
    const { exit, stdout, stderr } = await culvert(argv);
    expect(exit).toBe(2);
    expect(stdout + stderr).not.toContain(env.CULVERT_TOKEN);
  }
});

test.each(['', `culv_join_${'a'.repeat(43)}`, 'password', `${'a'.repeat(32)}\n${'b'.repeat(32)}`])(
  '%j on stdin is no API token',
  async (stdin) => {
    const { culvert } = await createTestTeam();
    expect(await culvert(['login', '--with-token'], { stdin })).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('culvert: What stdin holds is no API token.'),
    });
  },
);

test('a token of the operator’s own making is the server’s to judge', async () => {
  const { culvert } = await createTestTeam();
  const stdin = 'the-token-of-my-ansible-playbook-7';
  expect(await culvert(['login', '--with-token'], { stdin })).toMatchObject({ exit: 4 });
});

test('a kept token goes to no other server', async () => {
  const { acme, login, culvert } = await newMachine();
  await login({ decision: 'allow', team: acme.id });
  const asked: string[] = [];
  const { exit, stderr } = await culvert(['vpn', 'list', '--server', 'https://evil.example'], {
    fetch: async (url) => {
      asked.push(url);
      return new Response();
    },
  });
  expect(stderr).toContain('You are not signed in to https://evil.example.');
  expect([exit, asked]).toEqual([4, []]);
});

test('a damaged file says so, and nothing is guessed', async () => {
  const { acme, login, culvert, configFile } = await newMachine();
  await login({ decision: 'allow', team: acme.id });
  await writeFile(configFile, '{"servers": {"https://a.example": {}}}');
  expect(await culvert(['status'])).toMatchObject({
    exit: 1,
    stderr: `culvert: ${configFile} is damaged.\nDelete it, then sign in: culvert login\n`,
  });
});
