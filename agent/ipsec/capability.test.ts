import { describe, expect, test } from 'vitest';
import { judgeMachine, type MachineFacts } from './capability.ts';

const machine = (changes: Partial<MachineFacts>): MachineFacts => ({
  netAdmin: true,
  root: true,
  container: false,
  apt: true,
  charon: '/usr/lib/ipsec/charon',
  strongswanVersion: '5.9.8',
  plugins: { vici: true, libipsec: true },
  kernelEsp: false,
  tun: 'usable',
  missingPrograms: [],
  ikePorts: null,
  ...changes,
});

test.each([
  ['kernel', { kernelEsp: true }],
  ['kernel', { kernelEsp: true, plugins: { vici: true, libipsec: false }, tun: 'missing' as const }],
  ['libipsec', {}],
])('uses %s with %j', (backend, changes) => {
  expect(judgeMachine(machine(changes))).toEqual({
    supported: true,
    backend,
    strongswanVersion: '5.9.8',
    code: null,
    reason: null,
    fix: null,
  });
});

const obstacles: [string, Partial<MachineFacts>, string, RegExp | null][] = [
  ['not root', { root: false, netAdmin: false }, 'not_root', null],
  ['a container without the capability', { netAdmin: false }, 'no_net_admin', null],
  [
    'no strongSwan',
    { charon: null, strongswanVersion: null },
    'no_strongswan',
    /^apt-get update && apt-get install -y --no-install-recommends strongswan-charon .* nftables && /,
  ],
  ['no strongSwan, no apt', { charon: null, apt: false }, 'no_strongswan', null],
  ['no vici', { plugins: { vici: false, libipsec: true } }, 'no_vici', /strongswan-swanctl$/],
  ['no nft', { missingPrograms: ['nft'] }, 'no_programs', /nftables$/],
  ['no ip', { missingPrograms: ['ip'] }, 'no_programs', /iproute2$/],
  ['no ESP at all', { plugins: { vici: true, libipsec: false } }, 'no_esp', /libcharon-extra-plugins$/],
  ['no TUN device', { tun: 'missing' }, 'no_tun', /mknod -m 666 \/dev\/net\/tun c 10 200/],
  ['no TUN driver', { tun: 'no-driver' }, 'no_tun', /^modprobe tun/],
  ['TUN denied', { tun: 'denied' }, 'no_tun', null],
  [
    'another charon',
    { ikePorts: { port: 500, process: 'charon' } },
    'ike_port_taken',
    /systemctl disable --now/,
  ],
  ['another daemon', { ikePorts: { port: 4500, process: 'pluto' } }, 'ike_port_taken', null],
];

describe('obstacles', () => {
  test.each(obstacles)('%s', (_, changes, code, fix) => {
    const judged = judgeMachine(machine(changes));
    expect(judged).toMatchObject({ supported: false, backend: null, code });
    expect(judged.reason).toMatch(/\.$|\)\.$/);
    if (fix === null) expect(judged.fix).toBeNull();
    else expect(judged.fix).toMatch(fix);
  });

  test('whoever holds the port is named', () => {
    expect(judgeMachine(machine({ ikePorts: { port: 4500, process: 'pluto' } })).reason).toContain('pluto');
    expect(judgeMachine(machine({ ikePorts: { port: 500, process: null } })).reason).toContain(
      'outside this container',
    );
  });
});
