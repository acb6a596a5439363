import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { registerInstall } from '../agents/registerInstall.ts';
import type { AppEnv } from '../http/appEnv.ts';
import { answerError } from '../http/errors.ts';
import { createAgentFiles } from './agentFiles.ts';
import { createMachine } from './testing/machine.ts';
import type { Machine } from './testing/machine.ts';

const nodeName = `node-linux-${process.arch}`;
const standIn = fileURLToPath(new URL('testing/standInAgent.mjs', import.meta.url));
const token = `culv_join_${'a'.repeat(43)}`;

// Installing takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let machine: Machine;
let bundle: string;
let http: ServerType;
let origin: string;

async function serveFiles(files: Record<string, string>): Promise<void> {
  const settings = { publicUrl: '' };
  const app = new OpenAPIHono<AppEnv>();
  app.onError(answerError({ info: () => undefined, warn: () => undefined, error: () => undefined }));
  registerInstall(app, { agentFiles: createAgentFiles(files), settings });
  http = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(http, 'listening');
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  settings.publicUrl = origin;
}

const script = async (): Promise<string> => (await fetch(`${origin}/agent/install.sh`)).text();

beforeEach(async () => {
  machine = await createMachine();
  bundle = machine.at('served.mjs');
  await copyFile(standIn, bundle);
  // Stands for the server's Node, which is more than 100 MB.
  await writeFile(machine.at('served-node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  await serveFiles({ 'culvert-agent.mjs': bundle, [nodeName]: machine.at('served-node') });
});
afterEach(async () => {
  await machine.remove();
  http.close();
});

const sha256 = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const started = async () => JSON.parse(await readFile(`${machine.state}/run.json`, 'utf8'));

describe('on a machine without Node', () => {
  test('the server’s own Node is downloaded, checked and used', async () => {
    http.close();
    await serveFiles({ 'culvert-agent.mjs': bundle, [nodeName]: process.execPath });
    const outcome = await machine.run(await script(), ['--token', token, '--name', 'builder-7']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('Culvert agent 9.9.9 is in');
    expect(outcome.stdout).toContain('Connected to the test as replica dev-1 of workspace dev.');
    expect(await sha256(`${machine.prefix}/node`)).toBe(await sha256(process.execPath));
    expect((await readdir(machine.prefix)).toSorted()).toEqual([
      'culvert-agent',
      'culvert-agent.mjs',
      'node',
    ]);
    expect(await started()).toEqual({
      args: [
        '--server',
        origin,
        '--state',
        machine.state,
        '--token-file',
        `${machine.state}/join-token`,
        '--folder',
        process.cwd(),
        '--name',
        'builder-7',
      ],
      token,
      execPath: `${machine.prefix}/node`,
    });
    expect(await modeOf(machine.state)).toBe('700');
    expect(await modeOf(`${machine.state}/join-token`)).toBe('600');
  });

  test('where the server has none for the platform, it says so and installs nothing', async () => {
    await machine.addCommand('uname', '[ "$1" = -m ] && echo riscv64 || echo Linux');
    const outcome = await machine.run(await script(), ['--token', token]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(`the server has none for linux-riscv64 (it has: linux-${process.arch})`);
    expect(await readdir(machine.prefix)).toEqual([]);
  });

  test('a download that isn’t what the server promised is thrown away', async () => {
    const promised = await script();
    await writeFile(bundle, 'something else');
    const outcome = await machine.run(promised, ['--token', token]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('culvert-agent.mjs arrived damaged');
    expect(await readdir(machine.prefix)).toEqual(['node']);
  });
});

describe('on a machine with Node', () => {
  test('a new one is used as it is', async () => {
    await machine.addCommand('node', `exec '${process.execPath}' "$@"`);
    await machine.addCommand('readlink', 'echo "$2"');
    const outcome = await machine.run(await script(), ['--token', token]);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/Using this machine's Node \d+/);
    expect((await readdir(machine.prefix)).toSorted()).toEqual(['culvert-agent', 'culvert-agent.mjs']);
  });

  test.each(['echo 20', 'echo nonsense', 'exit 1'])('an unfit one (%s) is passed over', async (answer) => {
    await machine.addCommand('node', answer);
    const outcome = await machine.run(await script(), ['--token', token]);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(machine.prefix)).toContain('node');
  });
});

describe('run again', () => {
  test('it upgrades: one agent, started anew, and nothing downloaded twice', async () => {
    await machine.run(await script(), ['--token', token]);
    await writeFile(bundle, (await readFile(bundle, 'utf8')).replace('9.9.9', '10.0.0'));
    const outcome = await machine.run(await script());
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('Culvert agent 10.0.0');
    expect(outcome.stdout).not.toContain(`Downloading ${nodeName}`);
    expect(await readFile(`${machine.state}.history`, 'utf8')).toBe('start\nstop\nstart\n');
  });

  test('--uninstall takes everything away', async () => {
    await machine.run(await script(), ['--token', token]);
    const outcome = await machine.run(await script(), ['--uninstall']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(`${machine.state}.history`, 'utf8')).toBe('start\nstop\nremove\n');
    expect(await readdir(machine.at('lib'))).toEqual([]);
    expect(await readdir(machine.at('state'))).toEqual(['culvert-agent.history']);
  });
});

describe('the working folder', () => {
  const hostile = `app 'of' "%h" $HOME \`id\` \\ ü;exit #`;
  const folderOf = async () => {
    const { args } = await started();
    return args[args.indexOf('--folder') + 1];
  };
  const service = fileURLToPath(new URL('../agents/install/service.sh', import.meta.url));
  const quoted = async (how: 'unit_word' | 'shell_word', word: string) => {
    const outcome = await promisify(execFile)('sh', ['-c', `. "$1"; ${how} "$2"`, 'sh', service, word]);
    return outcome.stdout;
  };

  test('is the one that the command was pasted in, whatever it is called', async () => {
    const folder = machine.at(hostile);
    await mkdir(folder);
    const outcome = await machine.run(await script(), ['--token', token], {}, folder);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(await folderOf()).toBe(folder);
  });

  test('is another one where that is given, also from below', async () => {
    await machine.run(await script(), ['--token', token, '--folder', '/srv/app']);
    expect(await folderOf()).toBe('/srv/app');
    await machine.run(await script(), ['--folder', 'shop'], {}, machine.at('.'));
    expect(await folderOf()).toBe(machine.at('shop'));
  });

  test('stays the same where sudo starts elsewhere', async () => {
    await machine.addCommand('id', 'echo "${MACHINE_UID:-1000}"');
    await machine.addCommand('sudo', '[ "$1" = -- ] && shift; cd /; MACHINE_UID=0 exec "$@"');
    await machine.run(await script(), ['--token', token], {}, machine.at('.'));
    expect(await folderOf()).toBe(machine.at('.').replace(/\/\.?$/, ''));
  });

  test('isn’t one with control characters in its name, which no service’s file can hold', async () => {
    const outcome = await machine.run(await script(), ['--token', token, '--folder', '/a\nUser=x']);
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('control characters') });
  });

  test.each([
    ['/srv/app-1.2', '/srv/app-1.2'],
    ['/my app', '"/my app"'],
    ['/50%', '"/50%%"'],
    ['/$HOME/${X}', '"/$$HOME/$${X}"'],
    ['/a"b\\c\'d', '"/a\\"b\\\\c\'d"'],
    ['/a;b', '"/a;b"'],
    ['/#a', '"/#a"'],
  ])('%s stands in a service’s file as %s', async (folder, word) => {
    expect(await quoted('unit_word', folder)).toBe(word);
  });

  test.each([hostile, '/srv/app', '', "'", '\\', '--', '*'])('%s is one word to a shell', async (word) => {
    const command = `set -- ${await quoted('shell_word', word)}; printf '%s,' "$#" "$1"`;
    expect((await promisify(execFile)('sh', ['-c', command])).stdout).toBe(`1,${word},`);
  });
});

describe('a machine that can’t do IPsec', () => {
  const missing = (on: Machine): Record<string, string> => ({
    STAND_IN_CHECK: `strongSwan isn’t installed.\necho apt-get was here >${on.at('mended')}\n`,
    STAND_IN_MENDED: on.at('mended'),
  });

  test('joins all the same, and hears what is missing and what mends it', async () => {
    const outcome = await machine.run(await script(), ['--token', token], missing(machine));
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('Tunnels can not come up here yet. strongSwan isn’t installed.');
    expect(outcome.stdout).toContain(`This mends it: echo apt-get was here >${machine.at('mended')}`);
    expect(outcome.stdout).toContain('Connected to the test');
  });

  test('is mended with --with-strongswan', async () => {
    const outcome = await machine.run(
      await script(),
      ['--token', token, '--with-strongswan'],
      missing(machine),
    );
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('Mending it');
    expect(outcome.stdout).not.toContain('can not come up');
  });

  test('stays as it is where the command does not help', async () => {
    const still = { STAND_IN_CHECK: 'No tun.\ntrue\n' };
    const outcome = await machine.run(await script(), ['--token', token, '--with-strongswan'], still);
    expect(outcome.stdout).toContain('Tunnels can not come up here yet. No tun.');
  });
});

test('the server’s last word reaches the person who pasted the command', async () => {
  const outcome = await machine.run(await script(), ['--token', 'culv_join_revoked']);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain('the agent ended');
});

test('--foreground becomes the agent itself', async () => {
  const running = machine.run(await script(), ['--token', token, '--foreground']);
  await expect.poll(() => started().catch(() => null), { timeout: 20_000 }).not.toBeNull();
  const [pid] = (await readFile(`${machine.state}/agent.pid`, 'utf8')).split(' ');
  process.kill(Number(pid), 'SIGTERM');
  expect(await running).toMatchObject({ code: 0 });
});

test('wget does where there is no curl, openssl where there is no sha256sum', async () => {
  await machine.removeCommand('curl');
  await machine.removeCommand('sha256sum');
  expect(await machine.run(await script(), ['--token', token])).toMatchObject({ code: 0, stderr: '' });
});

test('somebody who is not root is asked by sudo, and the machine is the same afterwards', async () => {
  await machine.addCommand('id', 'echo "${MACHINE_UID:-1000}"');
  await machine.addCommand('sudo', '[ "$1" = -- ] && shift; MACHINE_UID=0 exec "$@"');
  const outcome = await machine.run(await script(), ['--token', token]);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toContain('sudo may ask for your password');
  expect(outcome.stdout).toContain('Connected to the test as replica dev-1 of workspace dev.');
});

describe('what can’t be done is said before anything is changed', () => {
  test.each<[string, (on: Machine) => Promise<void>, string[], string]>([
    ['no root', (on) => on.addCommand('id', 'echo 1000'), ['--token', token], 'this needs root'],
    [
      'no Linux',
      (on) => on.addCommand('uname', 'echo Darwin'),
      ['--token', token],
      'runs on Linux; this is Darwin',
    ],
    ['no token', async () => undefined, [], 'no join token. Copy the whole command'],
    [
      'a token for something else',
      async () => undefined,
      ['--token', 'culv_api_abc'],
      'that is no join token',
    ],
    ['shell in the token', async () => undefined, ['--token', 'culv_join_$(id)'], 'that is no join token'],
    ['shell in the name', async () => undefined, ['--token', token, '--name', 'a;b'], 'a name is made of'],
    [
      'a server that is none',
      async () => undefined,
      ['--token', token, '--server', 'http://a b'],
      'no address of a server',
    ],
    [
      'a relative folder',
      async () => undefined,
      ['--token', token, '--state', 'here'],
      'give the whole path',
    ],
    [
      'a folder with a blank',
      async () => undefined,
      ['--token', token, '--state', '/a b'],
      "can't be used as a folder",
    ],
    ['an unknown option', async () => undefined, ['--tokn', token], 'unknown option --tokn'],
    ['a missing value', async () => undefined, ['--token'], '--token needs a value'],
  ])('%s', async (_what, prepare, args, text) => {
    await prepare(machine);
    const outcome = await machine.run(await script(), args);
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining(`culvert: `) });
    expect(outcome.stderr).toContain(text);
    expect(await readdir(machine.at('.'))).not.toContain('lib');
  });

  test('neither curl nor wget', async () => {
    const text = await script();
    await machine.removeCommand('curl');
    await machine.removeCommand('wget');
    const outcome = await machine.run(text, ['--token', token]);
    expect(outcome.stderr).toContain('curl or wget is needed');
  });
});

test('a script that was cut off anywhere runs nothing', async () => {
  const text = await script();
  for (let end = text.length - '}\n'.length; end > 0; end -= Math.ceil(text.length / 40)) {
    const outcome = await machine.run(text.slice(0, end), ['--token', token]);
    expect(outcome.stdout).toBe('');
  }
  expect(await readdir(machine.at('.'))).not.toContain('lib');
});

describe('files', () => {
  test('come with their length and checksum', async () => {
    const listed = (await (await fetch(`${origin}/agent/files`)).json()) as { items: { name: string }[] };
    expect(listed.items.map((item) => item.name)).toEqual(['culvert-agent.mjs', nodeName]);
    const response = await fetch(`${origin}/agent/files/culvert-agent.mjs`);
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(response.headers.get('etag')).toBe(`"${await sha256(bundle)}"`);
    expect(body).toEqual(await readFile(bundle));
  });

  test.each(['nothing', '..%2f..%2fpackage.json', '__proto__', 'constructor'])(
    '%s is none of them',
    async (name) => {
      expect((await fetch(`${origin}/agent/files/${name}`)).status).not.toBe(200);
    },
  );
});
