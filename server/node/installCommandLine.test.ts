import { once } from 'node:events';
import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { serve, type ServerType } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerInstall } from '../agents/registerInstall.ts';
import type { AppEnv } from '../http/appEnv.ts';
import { createAgentFiles } from './agentFiles.ts';
import { createMachine, type Machine } from './testing/machine.ts';

const nodeName = `node-linux-${process.arch}`;

let machine: Machine;
let http: ServerType;
let origin: string;
let script: string;

/** Says which version it is, with which arguments and in which Node it runs. */
const program = (version: string) =>
  `console.log(process.argv[2] === '--version' ? '${version}' : JSON.stringify([process.execPath, ...process.argv.slice(2)]));\n`;

const files = () => ({ 'culvert.mjs': machine.at('served.mjs'), [nodeName]: machine.at('served-node') });

beforeEach(async () => {
  machine = await createMachine();
  await writeFile(machine.at('served.mjs'), program('9.9.9'));
  await writeFile(machine.at('served-node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  const settings = { publicUrl: '' };
  const app = new OpenAPIHono<AppEnv>();
  registerInstall(app, { agentFiles: createAgentFiles(files()), settings });
  http = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(http, 'listening');
  const address: string | AddressInfo | null = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  origin = `http://127.0.0.1:${address.port}`;
  settings.publicUrl = origin;
  script = await (await fetch(`${origin}/cli/install.sh`)).text();
});
afterEach(async () => {
  http.close();
  await machine.remove();
});

/** As a person whose home is this folder, where /usr/local/bin can’t be written. */
const install = async (home: string, ...args: string[]) => {
  await mkdir(machine.at(home), { recursive: true });
  const own = [
    '--bin',
    machine.at(`${home}/.local/bin`),
    '--lib',
    machine.at(`${home}/.local/share/culvert`),
  ];
  return await machine.runPlain(script, [...own, ...args], { HOME: machine.at(home) });
};
const culvert = async (home: string, ...args: string[]) =>
  (await promisify(execFile)(machine.at(`${home}/.local/bin/culvert`), args)).stdout;

test('the server’s Node is used where the machine has none, and what to do next is said', async () => {
  const outcome = await install('anna');
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toContain(`culvert 9.9.9 is in ${machine.at('anna/.local/bin')}.\n`);
  expect(outcome.stdout).toContain(`Your shell doesn't look there yet.`);
  expect(outcome.stdout).toMatch(new RegExp(`\\nSign in: culvert login --server ${origin}\\n$`));
  expect((await readdir(machine.at('anna/.local/share/culvert'))).toSorted()).toEqual([
    'culvert.mjs',
    'node',
  ]);
});

test('arguments reach the program as they are, from a home of any name', async () => {
  const home = `o'connor & "sons" $HOME`;
  expect(await install(home)).toMatchObject({ code: 0, stderr: '' });
  const odd = ['a b', "it's", '$HOME', '*', ''];
  expect(JSON.parse(await culvert(home, ...odd))).toEqual([process.execPath, ...odd]);
});

describe('the machine’s own Node', () => {
  test('is used where it is new enough', async () => {
    await machine.addCommand('node', `exec '${process.execPath}' "$@"`);
    expect(await install('anna')).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(machine.at('anna/.local/share/culvert'))).toEqual(['culvert.mjs']);
  });

  test.each(['22.11.0', '20.19.4', '18.0.0'])('is passed over where it is %s', async (version) => {
    // Answers what is asked as that version would.
    const versions = `Object.defineProperty(process, "versions", { value: { node: "${version}" } });`;
    await machine.addCommand(
      'node',
      `[ "$1" = -p ] || exit 1\nexec '${process.execPath}' -p "${versions.replaceAll('"', '\\"')} $2"`,
    );
    expect(await install('anna')).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(machine.at('anna/.local/share/culvert'))).toContain('node');
  });
});

test('run again it upgrades, and downloads nothing twice', async () => {
  await install('anna');
  await writeFile(machine.at('served.mjs'), program('10.0.0'));
  script = await (await fetch(`${origin}/cli/install.sh`)).text();
  const outcome = await install('anna');
  expect(outcome.stdout).toContain('culvert 10.0.0 is in');
  expect(outcome.stdout).not.toContain(`Downloading ${nodeName}`);
});

test('--uninstall takes everything away', async () => {
  await install('anna');
  expect(await install('anna', '--uninstall')).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(machine.at('anna/.local/bin'))).toEqual([]);
  expect(await readdir(machine.at('anna/.local/share'))).toEqual([]);
});

test('a download that isn’t what the server promised is thrown away', async () => {
  await writeFile(machine.at('served.mjs'), 'something else');
  const outcome = await install('anna');
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('culvert.mjs arrived damaged') });
  expect(await readdir(machine.at('anna/.local/bin'))).toEqual([]);
});

test.each([
  [['--bin', 'here'], 'give the whole path'],
  [['--bin', '/a\nb'], 'control characters'],
  [['--server', 'http://a b'], 'is no address of a server'],
  [['--prefix', '/opt'], 'unknown option --prefix'],
  [['--bin'], '--bin needs a value'],
])('%j is refused before anything is changed', async (args, text) => {
  const outcome = await machine.runPlain(script, args, { HOME: machine.at('anna') });
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining(text) });
  expect(await readdir(machine.at('.'))).not.toContain('anna');
});

test('a script that was cut off anywhere runs nothing', async () => {
  for (let end = script.length - '}\n'.length; end > 0; end -= Math.ceil(script.length / 20)) {
    const { stdout } = await machine.runPlain(script.slice(0, end), ['--bin', machine.at('cut/bin')]);
    expect(stdout).toBe('');
  }
  expect(await readdir(machine.at('.'))).not.toContain('cut');
});
