import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import type { PreviewIsUp } from '../contract/previews.ts';
import { FakeAgent, tunnelReport } from '../server/agents/fakeAgent.ts';
import { connect, createJoinToken, createVpn, createWorkspace, forwardPort } from '../server/fixtures.ts';
import { shellWords } from './completion/shellWords.ts';
import type { Context } from './context.ts';
import { pathOf, readExamples } from './leaf.ts';
import { createProgram } from './program.ts';
import { systemContext } from './systemContext.ts';
import { createTestTeam } from './testing.ts';

/** These change this machine or hold it up: what they do is tested beside them, here only whether they are said rightly. */
const onlyRead = ['agent join', 'agent run', 'ports forward', 'preview leave'].map(
  (name) => `culvert ${name}`,
);

const context: Context = systemContext(new AbortController().signal);

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

const visible = (): Command[] =>
  leavesOf(createProgram(context)).filter((command) => command.name() !== 'complete');

const examples = visible().flatMap((command) =>
  readExamples(command).map(({ line }) => [line, pathOf(command)] as const),
);

/** A team in which every example can be run: what they name is there, and what they wait for happens. */
async function world(line: string) {
  const made = await createTestTeam();
  const { anna, team, server, culvert, folder, env } = made;
  const { hub } = server.deps;
  const vpn = await createVpn(anna.client, team.path);
  const backend = await createWorkspace(anna.client, team.path, 'backend');
  for (const port of [3000, 8443]) await forwardPort(anna.client, team.path, backend.id, port);
  const { token } = await createJoinToken(anna.client, team.path, backend.id);
  const agent = await new FakeAgent(hub, 'backend').join(token);
  // Only what the example needs: each has a team of its own.
  if (/verify|disconnect/.test(line)) await connect(anna.client, team.path, vpn.id, backend.id);
  if (line.includes('preview')) {
    const asked = { vpn: vpn.id, change: 'main', repository: 'octo/app' };
    const { joinToken }: PreviewIsUp = await (await anna.client.post(`${team.path}/previews`, asked)).json();
    const deployed = await new FakeAgent(hub, 'deployed').join(joinToken);
    await deployed.report([tunnelReport(vpn.id)]);
  }
  const secrets = [
    ['DATABASE_URL', 'member'],
    ['NPM_TOKEN', 'team'],
  ];
  for (const [name, level] of line.includes('secret') ? secrets : []) {
    await anna.client.post(`${team.path}/secrets`, { name, level, value: 'x' });
  }
  if (line.includes('logout')) await culvert(['login', '--with-token'], { stdin: env.CULVERT_TOKEN });
  const files: Record<string, string> = {
    'psk.txt': 'correct horse battery staple',
    'token.txt': env.CULVERT_TOKEN,
    'url.txt': 'postgres://db.internal/app',
    'key.pem': 'a key',
    'secrets.json': '{"items": []}',
    'ipsec.conf': line.includes('import') ? (await culvert(['vpn', 'config', vpn.name])).stdout : '',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);

  let userCode = '';
  const wait = async () => {
    if (userCode !== '') {
      const decision = { decision: 'allow', team: team.id };
      await anna.client.post(`/api/v1/device-codes/${userCode}/decision`, decision);
    }
    for (const { id } of agent.all('verify')) {
      const message = 'Answered in 1 ms.';
      await agent.say({ type: 'verified', id, state: 'succeeded', code: null, message, roundTripMs: 1 });
    }
    await agent.report([tunnelReport(vpn.id)]);
  };
  const fetch: Context['fetch'] = async (url, init) => {
    const response = await server.app.request(url, init);
    if (url.endsWith('/device-codes')) ({ userCode } = await response.clone().json());
    return response;
  };
  const given = { ...env, PATH: process.env['PATH'] ?? '', CULVERT_SECRETS: folder };
  return { ...made, files, options: { wait, fetch, env: given } };
}

/** The words of an example without the program’s name, and which file it reads. Where it writes is nobody’s concern here. */
function parse(line: string): { argv: string[]; input: string | undefined } {
  const { words } = shellWords(line);
  const end = words.findIndex((word) => ['<', '>', '>>'].includes(word));
  const argv = end === -1 ? words : words.slice(0, end);
  const [program, ...rest] = argv;
  if (program !== 'culvert') throw new Error(`“${line}” doesn’t begin with culvert.`);
  return { argv: rest, input: words[end] === '<' ? words[end + 1] : undefined };
}

test.each(examples.filter(([, path]) => !onlyRead.includes(path)))('%s', async (line) => {
  const { culvert, files, options } = await world(line);
  const { argv, input } = parse(line);
  const stdin = input === undefined ? {} : { stdin: files[input] ?? '' };
  const { exit, stderr } = await culvert(argv, { ...options, ...stdin });
  expect(exit, stderr).toBe(0);
  expect(stderr).not.toContain('culvert: ');
});

test.each(examples.filter(([, path]) => onlyRead.includes(path)))(
  '%s is said rightly',
  async (line, path) => {
    const program = createProgram(context);
    const command = leavesOf(program).find((leaf) => pathOf(leaf) === path);
    let read = 0;
    command?.action(() => {
      read += 1;
    });
    await program.parseAsync(parse(line).argv, { from: 'user' });
    expect(read).toBe(1);
  },
);

test.each(visible().map((command) => [pathOf(command), command] as const))(
  '%s has an example, and says in a sentence what it does',
  (_path, command) => {
    expect(readExamples(command).length).toBeGreaterThan(0);
    for (const { line } of readExamples(command)) expect(line.length).toBeLessThan(110);
    expect(command.summary()).toMatch(/^[A-Z].*[^.]$/);
  },
);
