import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVpn } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

const key = 'correct horse battery staple';
const add = ['--peer-ip', '1.2.3.4', '--psk-file'];

/** The configuration that Culvert itself prints for the guide’s VPN, in a file. */
async function configured() {
  const world = await createTestTeam();
  await createVpn(world.anna.client, world.team.path, { name: 'Berlin' });
  const { stdout } = await world.culvert(['vpn', 'config', 'Berlin']);
  const [file, keyFile] = [join(world.folder, 'ipsec.conf'), join(world.folder, 'psk.txt')];
  await writeFile(file, stdout);
  await writeFile(keyFile, key);
  return { ...world, file, keyFile, text: stdout };
}

test('what culvert vpn config prints becomes the same VPN again', async () => {
  const { culvert, file, keyFile } = await configured();
  const argv = ['vpn', 'import', file, '--name', 'Again', ...add, keyFile, '--json'];
  const { exit, json } = await culvert(argv);
  expect(exit).toBe(0);
  expect(json()).toMatchObject({
    name: 'Again',
    ike: { version: 1, proposals: ['aes256-sha256-modp2048'] },
    esp: { proposals: ['aes256-sha256-modp2048'] },
    peerSubnets: ['10.250.0.0/24'],
  });
});

test('--dry-run says what would be made, and makes nothing', async () => {
  const { culvert, text } = await configured();
  const { exit, stdout, stderr } = await culvert(['vpn', 'import', '-', '--dry-run'], { stdin: text });
  expect(JSON.parse(stdout)).toMatchObject({ name: 'berlin', peerSubnets: ['10.250.0.0/24'] });
  expect(stderr).toContain('Pre-shared key: it isn’t in the text.\n');
  expect(exit).toBe(0);
  const { json } = await culvert(['vpn', 'list', '--json']);
  expect(json()).toMatchObject({ total: 1 });
});

test('a key among the configuration is taken and never printed', async () => {
  const { culvert, text } = await configured();
  const stdin = text.replace('<pre-shared key>', key);
  const ran = [
    await culvert(['vpn', 'import', '-', '--dry-run', '--json'], { stdin }),
    await culvert(['vpn', 'import', '-', '--name', 'Again', '--peer-ip', '1.2.3.4'], { stdin }),
  ];
  for (const { exit, stdout, stderr } of ran) {
    expect(exit, stderr).toBe(0);
    expect(stdout + stderr).not.toContain(key);
  }
});

test('of several connections one has to be chosen', async () => {
  const { culvert, text } = await configured();
  const stdin = `${text}\n${text.replaceAll('culvert-berlin', 'culvert-hamburg')}`;
  const { exit, stderr } = await culvert(['vpn', 'import', '-', '--dry-run'], { stdin });
  expect(stderr).toContain('Choose one with --connection: culvert-berlin, culvert-hamburg.\n');
  expect(exit).toBe(2);
  const chosen = ['vpn', 'import', '-', '--dry-run', '--connection', 'culvert-hamburg'];
  expect(await culvert(chosen, { stdin })).toMatchObject({ exit: 0 });
});

test('what holds no connection is refused', async () => {
  const { culvert } = await configured();
  expect(await culvert(['vpn', 'import', '-'], { stdin: 'hello' })).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('culvert: No connection was found in this text.'),
  });
  expect(await culvert(['vpn', 'import', '/nowhere/ipsec.conf'])).toMatchObject({ exit: 1 });
});
