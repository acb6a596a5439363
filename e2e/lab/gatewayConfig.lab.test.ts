import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import { linesText } from '../../contract/gatewayConfig/documentText.ts';
import { renderGateway } from '../../contract/gatewayConfig/render.ts';
import { commonProposals } from '../../contract/proposals.ts';
import { suitePresets } from '../../contract/suitePresets.ts';
import { IpsecReplica } from './ipsecReplica.ts';
import { Namespace } from './namespaces.ts';
import { createLab, ownPrefix, sites, type Lab, type Site } from './network.ts';
import { SwanctlGateway } from './swanctlGateway.ts';
import { guideVpn, LAB_KEY } from './vpnsOfLab.ts';

const threeSubnets = ['10.250.0.0/24', '10.251.0.0/24', '10.253.0.0/24'];
const base = (subnet: string) => subnet.replace('.0/24', '');

/** One gateway for each of strongSwan's configurations, with the same networks behind it, and a replica that uses it. */
let lab: Lab;
let swanctl: SwanctlGateway;
let replicas: { ipsec: IpsecReplica; swanctl: IpsecReplica };

beforeAll(async () => {
  const prefix = ownPrefix();
  lab = await createLab({ prefix, replicas: 2, serverPort: null });
  swanctl = new SwanctlGateway(lab.secondGateway.namespace, join(lab.folder, 'swanctl'));
  const addSubnets = async (gateway: Namespace, { name, subnets }: Site) => {
    const hosts = new Namespace(`${prefix}-${name}db`);
    for (const network of threeSubnets.map(base).filter((each) => !subnets.includes(each))) {
      await gateway.must('ip', 'address', 'add', `${network}.1/24`, 'dev', 'lan');
      await hosts.must('ip', 'address', 'add', `${network}.5/24`, 'dev', 'lan');
    }
  };
  await addSubnets(lab.gateway.namespace, sites.main);
  await addSubnets(lab.secondGateway.namespace, sites.second);
  const [ipsec, other] = [lab.replica(1), lab.replica(2)].map((each) => new IpsecReplica(each, lab.folder));
  if (!ipsec || !other) throw new Error('unreachable');
  replicas = { ipsec, swanctl: other };
  ipsec.start();
  other.start();
});
afterAll(async () => {
  await Promise.all(Object.values(replicas).map((replica) => replica.close({ keepTunnels: false })));
  await lab.close();
});

let count = 0;

/** Has a replica set up a VPN of these settings, reach every subnet of it, and take it down again. */
async function connect(replica: IpsecReplica, settings: DesiredVpn, localId: string): Promise<void> {
  const vpn = { ...settings, id: `vpn_${count}`, localId };
  replica.apply(vpn);
  try {
    expect((await replica.up(vpn)).remoteSubnets).toEqual(vpn.peerSubnets);
    for (const subnet of vpn.peerSubnets) expect(await replica.ping(`${base(subnet)}.5`)).not.toBeNull();
  } finally {
    replica.apply();
    await replica.gone(vpn.id);
  }
}

/** The files of a kind, in order, as the network admin gets them with the key. */
function files(kind: 'strongswan-ipsec' | 'strongswan-swanctl', vpn: DesiredVpn): string[] {
  const settings = { ...vpn, peerId: vpn.peerId === vpn.peerIp ? null : vpn.peerId };
  const { parts } = renderGateway(kind, settings, { preSharedKey: vpn.preSharedKey });
  return parts.flatMap((part) => (part.kind === 'file' ? [linesText(part.lines)] : []));
}

async function throughIpsecConf(vpn: DesiredVpn): Promise<void> {
  const [conf = '', secrets = ''] = files('strongswan-ipsec', vpn);
  await lab.gateway.stop();
  lab.gateway.write(conf, secrets);
  await lab.gateway.start(`culvert-${vpn.name}`);
  await connect(replicas.ipsec, vpn, 'replica-1.culvert');
}

async function throughSwanctlConf(vpn: DesiredVpn): Promise<void> {
  const { publicIp } = sites.second;
  const there = { ...vpn, peerIp: publicIp, peerId: vpn.peerId === vpn.peerIp ? publicIp : vpn.peerId };
  await swanctl.stop();
  await swanctl.start(files('strongswan-swanctl', there).join(''));
  await connect(replicas.swanctl, there, 'replica-2.culvert');
}

/** Loads both configurations into gateways that have nothing else, and pings through each. */
async function throughBoth(vpn: DesiredVpn): Promise<void> {
  count += 1;
  await Promise.all([throughIpsecConf(vpn), throughSwanctlConf(vpn)]);
}

const presets = suitePresets.flatMap((preset) =>
  preset.ikeVersions.flatMap((version) =>
    [threeSubnets.slice(0, 1), threeSubnets].flatMap((peerSubnets) =>
      [LAB_KEY, 'pa"ss #}\' word'].map((preSharedKey) => ({
        name: preset.id,
        version,
        subnets: peerSubnets.length,
        preSharedKey,
        vpn: guideVpn({
          ike: { version, ...preset.ike, proposals: [...preset.ike.proposals] },
          esp: { ...preset.esp, proposals: [...preset.esp.proposals] },
          peerSubnets,
          preSharedKey,
        }),
      })),
    ),
  ),
);

test.each(presets)('$name, IKEv$version, $subnets subnets, key $preSharedKey', ({ vpn }) => throughBoth(vpn));

const shortest = { lifetimeSeconds: 300, proposals: ['aes256-sha256-modp2048'] };

test.each<[string, DesiredVpn]>([
  ['an identity of its own', guideVpn({ peerId: 'vpn.example.com' })],
  [
    'an identity like an email address',
    guideVpn({ ike: { ...shortest, version: 2 }, peerId: 'gw@example.com' }),
  ],
  ['the shortest lifetimes', guideVpn({ ike: { ...shortest, version: 2 }, esp: shortest })],
])('%s', (_, vpn) => throughBoth(vpn));

/** Every suite that the form offers, and some that are only accepted; the shorter list starts again. */
const suites = ([1, 2] as const).flatMap((version) => {
  const rare = version === 2 ? ['aes128-aescmac-prfaescmac-modp3072'] : ['camellia128-sha1-modp1536'];
  const ike = [...commonProposals('ike', version), ...rare];
  const esp = [
    ...commonProposals('esp', version),
    'aes128ctr-sha512',
    'camellia256-sha256-ecp521',
    '3des-sha1',
  ];
  return Array.from({ length: Math.max(ike.length, esp.length) }, (__, index) => {
    const [phase1, phase2] = [ike[index % ike.length] ?? '', esp[index % esp.length] ?? ''];
    const vpn = guideVpn({
      ike: { version, lifetimeSeconds: 3600, proposals: [phase1] },
      esp: { lifetimeSeconds: 3600, proposals: [phase2] },
    });
    return { words: `IKEv${version} with ${phase1} and ${phase2}`, vpn };
  });
});
/** Both kinds write suites alike: one half of them goes through each, two at a time. */
const half = Math.ceil(suites.length / 2);
const pairs = suites.slice(0, half).map((one, index) => {
  const other = suites[half + index] ?? one;
  return [`${one.words}, and ${other.words}`, one.vpn, other.vpn] as const;
});

test.each(pairs)('%s', async (_, one, other) => {
  count += 1;
  await Promise.all([throughIpsecConf(one), throughSwanctlConf(other)]);
});
