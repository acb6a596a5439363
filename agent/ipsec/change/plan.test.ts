import { expect, test } from 'vitest';
import type { DesiredVpn } from '../../../contract/agentProtocol.ts';
import { guideVpn } from '../desiredVpn.testing.ts';
import { firstGeneration } from '../generations.ts';
import { planChildren } from './plan.ts';

const [a, b, c] = ['10.250.0.0/24', '10.251.0.0/24', '10.252.0.0/24'] as const;
const ike = (version: 1 | 2, lifetimeSeconds = 3600) => ({
  version,
  lifetimeSeconds,
  proposals: ['aes256-sha256-modp2048'],
});
const v1 = (...peerSubnets: string[]) => guideVpn({ peerSubnets });
const v2 = (...peerSubnets: string[]) => guideVpn({ ike: ike(2), peerSubnets });
const otherEsp = { esp: { lifetimeSeconds: 28_800, proposals: ['aes128-sha256-modp2048'] } };

const planned = (from: DesiredVpn, to: DesiredVpn) => {
  const plan = planChildren(firstGeneration(from), to);
  const text = (children: readonly { name: string; subnets: readonly string[] }[]) =>
    children.map(({ name, subnets }) => `${name} ${subnets.join(' ')}`);
  return plan && { fresh: text(plan.fresh), gone: text(plan.gone), all: text(plan.children) };
};

test.each([
  [
    'IKEv1, a subnet more',
    planned(v1(a), v1(a, b)),
    { fresh: [`net1 ${b}`], gone: [], all: [`net0 ${a}`, `net1 ${b}`] },
  ],
  [
    'IKEv1, one in front',
    planned(v1(b), v1(a, b)),
    { fresh: [`net1 ${a}`], gone: [], all: [`net0 ${b}`, `net1 ${a}`] },
  ],
  ['IKEv1, one less', planned(v1(a, b), v1(b)), { fresh: [], gone: [`net0 ${a}`], all: [`net1 ${b}`] }],
  [
    'IKEv1, two for one',
    planned(v1(a), v1(b, c)),
    { fresh: [`net1 ${b}`, `net2 ${c}`], gone: [`net0 ${a}`], all: [`net1 ${b}`, `net2 ${c}`] },
  ],
  [
    'IKEv1, another ESP suite',
    planned(v1(a, b), { ...v1(a, b), ...otherEsp }),
    { fresh: [`net2 ${a}`, `net3 ${b}`], gone: [`net0 ${a}`, `net1 ${b}`], all: [`net2 ${a}`, `net3 ${b}`] },
  ],
  [
    'IKEv2, a subnet more',
    planned(v2(a), v2(a, b)),
    { fresh: [`net1 ${b}`], gone: [], all: [`net ${a}`, `net1 ${b}`] },
  ],
  [
    'IKEv2, one less',
    planned(v2(a, b), v2(b)),
    { fresh: [`net1 ${b}`], gone: [`net ${a} ${b}`], all: [`net1 ${b}`] },
  ],
  [
    'IKEv2, another ESP suite',
    planned(v2(a, b), { ...v2(a, b), ...otherEsp }),
    { fresh: [`net1 ${a} ${b}`], gone: [`net ${a} ${b}`], all: [`net1 ${a} ${b}`] },
  ],
  [
    'only the name',
    planned(v1(a), { ...v1(a), name: 'other', revision: 2 }),
    { fresh: [], gone: [], all: [`net0 ${a}`] },
  ],
])('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
});

test.each<[string, Partial<DesiredVpn>]>([
  ['the key', { preSharedKey: 'another' }],
  ['the gateway', { peerIp: '1.2.3.5' }],
  ['its identity', { peerId: 'gw.example' }],
  ['the own identity', { localId: 'replica-2.culvert' }],
  ['the IKE version', { ike: ike(1) }],
  ['the IKE lifetime', { ike: ike(2, 7200) }],
  ['UDP encapsulation', { udpEncapsulation: false }],
  ['DPD', { dpdDelaySeconds: 10 }],
  ['the first IPv6 subnet, which needs a virtual IP of its own', { peerSubnets: [a, '2001:db8::/64'] }],
])('%s needs another IKE_SA', (_, change) => {
  expect(planned(v2(a), { ...v2(a), ...change })).toBeNull();
});

test('so does everything after settings that nobody knows any more', () => {
  expect(planChildren({ ...firstGeneration(v2(a)), vpn: null }, v2(a, b))).toBeNull();
});
