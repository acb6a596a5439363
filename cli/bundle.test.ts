import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { createVpn } from '../server/fixtures.ts';
import { eventually } from '../server/node/testing/eventually.ts';
import { createTestApp } from '../server/testing.ts';
import { buildAgent } from '../scripts/buildAgent.ts';

let folder: string;
let bundle: string;
let env: Record<string, string>;
let http: ReturnType<typeof createServer>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-bundle-'));
  bundle = join(folder, 'culvert.mjs');
  await buildAgent({ entry: fileURLToPath(new URL('main.ts', import.meta.url)), outfile: bundle });
  writeFileSync(join(folder, 'culvert'), `#!/bin/sh\nexec '${process.execPath}' '${bundle}' "$@"\n`, {
    mode: 0o755,
  });

  const server = await createTestApp();
  const team = await server.addTeam('Acme');
  const anna = await server.member('Anna', team.id, 'admin');
  await createVpn(anna.client, team.path);
  const made = await anna.client.post(`${team.path}/api-tokens`, { name: 'Laptop', expiresInDays: 30 });
  const { token } = await made.json();
  const listener = getRequestListener((request) => server.app.fetch(request));
  http = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address: string | AddressInfo | null = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  env = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    CULVERT_SERVER: `http://127.0.0.1:${address.port}`,
    CULVERT_TOKEN: token,
  };
});
afterAll(() => {
  http.closeAllConnections();
  http.close();
  rmSync(folder, { recursive: true });
});

/** The server lives in this process: nothing here may wait for a child synchronously. */
async function run(command: string, args: string[], input = '') {
  const child = spawn(command, args, { env });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exit: child.exitCode, stdout, stderr };
}
const culvert = (args: string[], input?: string) => run('culvert', args, input);

describe('the one file that is handed out', () => {
  test('holds no schemas, which cost more to load than everything else', () => {
    const source = readFileSync(bundle, 'utf8');
    expect(source).not.toContain('ZodType');
    expect(source.length).toBeLessThan(450_000);
  });

  test('says its version', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [bundle, '--version'], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual([`${manifest.version}\n`, '']);
  });

  test('asks a server', async () => {
    const { exit, stdout, stderr } = await culvert(['vpn', 'list']);
    expect(stdout).toMatch(/^NAME +GATEWAY.*\nCompany data center +1\.2\.3\.4 /);
    expect([exit, stderr]).toEqual([0, '']);
  });

  test('reads a configuration and a key, and makes a VPN of them', async () => {
    const { stdout } = await culvert(['vpn', 'config', 'Company data center']);
    const argv = [
      'vpn',
      'import',
      '-',
      '--name',
      'Again',
      '--peer-ip',
      '1.2.3.4',
      '--generate-psk',
      '--json',
    ];
    const imported = await culvert(argv, stdout);
    expect(imported).toMatchObject({ exit: 0 });
    expect(JSON.parse(imported.stdout)).toMatchObject({ name: 'Again', peerSubnets: ['10.250.0.0/24'] });
  });

  test('tells what went wrong by its exit code', async () => {
    const exits = await Promise.all([
      culvert(['vpn']),
      culvert(['vpn', 'show', 'nowhere']),
      culvert(['status', '--server', 'http://127.0.0.1:1']),
    ]);
    expect(exits.map(({ exit }) => exit)).toEqual([2, 3, 1]);
    expect(exits[2]?.stderr).toContain('culvert: http://127.0.0.1:1 can’t be reached: ');
  });

  test('ends in peace where nobody reads on', async () => {
    const { exit, stderr } = await run('bash', [
      '-c',
      'set -o pipefail; culvert vpn list --json | head -n 1 >/dev/null',
    ]);
    expect([exit, stderr]).toEqual([0, '']);
  });

  test('ends with 130 when it is interrupted', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = spawn('culvert', ['status', '--server', `http://127.0.0.1:${port}`], { env });
    await once(silent, 'request');
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.exitCode).toBe(130);
    silent.closeAllConnections();
    silent.close();
  });
});

test('bash completes a name with blanks, and runs nothing of what was typed', async () => {
  const line = 'culvert vpn show $(touch pwned) "Comp';
  const complete = (typed: string) =>
    run('bash', [
      '-c',
      'cd "$HOME"; source <(culvert completion bash); COMP_LINE=$1 COMP_POINT=${#1}; _culvert; printf "%s\\n" "${COMPREPLY[@]}"',
      'bash',
      typed,
    ]);
  // A machine that is too slow to answer whoever pressed Tab completes nothing.
  const completes = (typed: string, name: string) =>
    eventually(async () => expect((await complete(typed)).stdout).toBe(`${name}\n`));
  await completes('culvert vpn show Comp', 'Company\\ data\\ center');
  await completes('culvert vpn show "Comp', 'Company data center');
  await complete(line);
  expect(() => readFileSync(join(folder, 'pwned'))).toThrow('ENOENT');
});
