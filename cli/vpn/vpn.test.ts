import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Vpn } from '../../contract/vpns.ts';
import { createVpn } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';

const berlin = ['vpn', 'create', 'Berlin', '--peer-ip', '5.6.7.8', '--subnet', '10.9.0.0/16'];
const key = 'correct horse battery staple';

async function world() {
  const made = await createTestTeam();
  const keyFile = join(made.folder, 'psk.txt');
  await writeFile(keyFile, `${key}\n`);
  const { server } = made;
  /** The key of a VPN as it is stored. */
  const storedKey = async (name: string) => {
    const { id, psk_sealed } = await server.db
      .selectFrom('vpn')
      .select(['id', 'psk_sealed'])
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return await server.deps.secretBox.open(psk_sealed, `vpn:${id}:psk`);
  };
  return { ...made, keyFile, storedKey };
}

test('a VPN is created with what was said and the form’s defaults', async () => {
  const { culvert, keyFile, storedKey } = await world();
  const created = await culvert([...berlin, '--subnet', '10.8.0.0/16,10.7.0.0/16', '--psk-file', keyFile]);
  expect(created).toEqual(expect.objectContaining({ exit: 0, stdout: 'Created Berlin.\n', stderr: '' }));
  expect(await storedKey('Berlin')).toBe(key);
  const shown = await culvert(['vpn', 'show', 'berlin']);
  expect(shown.stdout).toMatch(
    /^Name +Berlin\nId +vpn_\S+\nPeer IP +5\.6\.7\.8\nPeer subnets +10\.9\.0\.0\/16, 10\.8\.0\.0\/16, 10\.7\.0\.0\/16\nIKE +version 2, aes256-sha256-modp2048, 1h\nESP +aes256-sha256-modp2048, 8h\n/,
  );
});

test('the key comes from stdin, or from a person who isn’t seen typing it', async () => {
  const { culvert, storedKey } = await world();
  expect(await culvert([...berlin, '--psk-file', '-'], { stdin: `${key}\n` })).toMatchObject({ exit: 0 });
  expect(await storedKey('Berlin')).toBe(key);
  const asked = await culvert(['vpn', 'edit', 'Berlin', '--psk-file', '-'], {
    stdin: 'another key that is long enough',
  });
  expect(asked).toMatchObject({ exit: 0, stdout: 'Changed Berlin.\n' });
  expect(await storedKey('Berlin')).toBe('another key that is long enough');
  const typed = await culvert(['vpn', 'create', 'Hamburg', ...berlin.slice(3)], { answers: [key] });
  expect(typed).toMatchObject({ exit: 0, stderr: 'Pre-shared key: ' });
  expect(await storedKey('Hamburg')).toBe(key);
});

test('a key that was made is printed once, on stdout', async () => {
  const { culvert, storedKey } = await world();
  const created = await culvert([...berlin, '--generate-psk', '--json']);
  const { preSharedKey, ...vpn }: Record<string, unknown> = Object(created.json());
  expect(preSharedKey).toBe(await storedKey('Berlin'));
  expect(Vpn.parse(vpn)).toMatchObject({ name: 'Berlin' });
  expect(created.stderr).toBe('');
});

test('no option takes the key itself, and nothing prints one that was read', async () => {
  const { culvert, keyFile } = await world();
  const help = await culvert(['vpn', 'create', '--help']);
  expect(help.stdout.match(/--[\w-]*psk\S*(?: <\w+>)?/g)).toEqual(
    expect.arrayContaining(['--psk-file <file>', '--generate-psk']),
  );
  expect(await culvert([...berlin, '--psk', key])).toMatchObject({ exit: 2 });
  const outputs = [
    await culvert([...berlin, '--psk-file', keyFile, '--json']),
    await culvert(['vpn', 'show', 'Berlin', '--json']),
    await culvert(['vpn', 'config', 'Berlin']),
  ];
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(key);
});

test('without a key, and without anybody to ask, it says how to give one', async () => {
  const { culvert } = await world();
  expect(await culvert(berlin)).toMatchObject({
    exit: 2,
    stderr:
      'culvert: A VPN needs a pre-shared key.\nUse --psk-file FILE, --psk-file - for stdin, or --generate-psk.\n',
  });
});

test('what the server refuses is said field by field', async () => {
  const { culvert } = await world();
  const argv = [
    'vpn',
    'create',
    'Berlin',
    '--peer-ip',
    '10.0.0.1',
    '--subnet',
    '0.0.0.0/0',
    '--generate-psk',
  ];
  const { exit, stderr } = await culvert(argv);
  expect(stderr).toMatch(/^culvert: Some fields are not right\.\npeerIp: .+\npeerSubnets\S*: .+\n$/);
  expect(exit).toBe(1);
});

test('a change keeps what it doesn’t name', async () => {
  const { culvert, anna, team } = await world();
  await createVpn(anna.client, team.path);
  const argv = [
    'vpn',
    'edit',
    'company data center',
    '--esp-lifetime',
    '2h',
    '--peer-id',
    'gw.example.com',
    '--json',
  ];
  expect((await culvert(argv)).json()).toMatchObject({
    name: 'Company data center',
    ike: { version: 1, lifetimeSeconds: 3600 },
    esp: { lifetimeSeconds: 7200 },
    peerId: 'gw.example.com',
    revision: 2,
  });
  expect(await culvert(['vpn', 'edit', 'company data center', '--esp-lifetime', '2h'])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('culvert: Nothing to change.'),
  });
  const none = await culvert(['vpn', 'edit', 'company data center', '--peer-id', 'none', '--json']);
  expect(none.json()).toMatchObject({ peerId: null });
});

test('a VPN is duplicated with its key', async () => {
  const { culvert, anna, team, storedKey } = await world();
  await createVpn(anna.client, team.path);
  expect(await culvert(['vpn', 'duplicate', 'Company data center', 'Second'])).toMatchObject({
    stdout: 'Created Second, with the settings and the key of Company data center.\n',
  });
  expect(await storedKey('Second')).toBe(await storedKey('Company data center'));
});

test('a VPN is deleted by somebody who means it', async () => {
  const { culvert, anna, team } = await world();
  await createVpn(anna.client, team.path, { name: 'Berlin' });
  expect(await culvert(['vpn', 'delete', 'berlin'])).toMatchObject({ exit: 2 });
  expect(await culvert(['vpn', 'delete', 'berlin'], { answers: ['hamburg'] })).toMatchObject({ exit: 1 });
  expect(await culvert(['vpn', 'delete', 'berlin'], { answers: ['Berlin'] })).toMatchObject({
    exit: 0,
    stdout: 'Deleted Berlin.\n',
  });
  expect(await culvert(['vpn', 'delete', 'berlin', '--yes'])).toMatchObject({ exit: 3 });
});

test('the gateway’s configuration is printed as its file', async () => {
  const { culvert, anna, team } = await world();
  await createVpn(anna.client, team.path);
  const { stdout } = await culvert(['vpn', 'config', 'Company data center', '--pool', '10.77.0.0/24']);
  expect(stdout).toContain('\nconn culvert-company-data-center');
  expect(stdout).toContain('10.77.0.0/24');
  const json = (
    await culvert(['vpn', 'config', 'Company data center', '--kind', 'fortigate', '--json'])
  ).json();
  expect(json).toMatchObject({ document: { kind: 'fortigate' }, revision: 1 });
  expect(await culvert(['vpn', 'config', 'Company data center', '--kind', 'linksys'])).toMatchObject({
    exit: 2,
  });
});

test('a member who is no admin is told so', async () => {
  const { server, team, culvert } = await world();
  const olga = await server.member('Olga', team.id);
  const made = await olga.client.post(`${team.path}/api-tokens`, { name: 'x', expiresInDays: 1 });
  const { token } = await made.json();
  const { exit, stderr } = await culvert([...berlin, '--generate-psk'], { env: { CULVERT_TOKEN: token } });
  expect(stderr).toMatch(/^culvert: Only admins .+\n$/);
  expect(exit).toBe(5);
});

test('a command that lacks its argument leads to its own help', async () => {
  const { culvert } = await world();
  expect(await culvert(['vpn', 'show'])).toMatchObject({
    exit: 2,
    stderr: "culvert: missing required argument 'vpn'\nSee culvert vpn show --help.\n",
  });
});
