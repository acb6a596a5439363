import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { PortHolder } from './ikePorts.ts';

/** What was found on this machine. */
export type MachineFacts = {
  /** May configure the network: CAP_NET_ADMIN. */
  netAdmin: boolean;
  root: boolean;
  container: boolean;
  /** Debian, Ubuntu and what derives from them. */
  apt: boolean;
  charon: string | null;
  strongswanVersion: string | null;
  plugins: { vici: boolean; libipsec: boolean };
  kernelEsp: boolean;
  tun: 'usable' | 'missing' | 'no-driver' | 'denied';
  /** Of the programs the agent calls, those that aren't there. */
  missingPrograms: readonly string[];
  ikePorts: PortHolder | null;
};

/** The code of a capability that isn't known yet. */
export const PROBING = 'probing';

/** Without recommended packages: those would bring a second IKE daemon's plugins and certificates tools. */
const aptInstall = (...packages: string[]) =>
  `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;

const strongswanPackages = [
  'strongswan-charon',
  'strongswan-swanctl',
  'libcharon-extra-plugins',
  'libstrongswan-standard-plugins',
  'libstrongswan-extra-plugins',
];

/** Debian's strongswan-charon brings a service that starts at once and takes the IKE ports. */
const stopStarter = 'if command -v systemctl >/dev/null; then systemctl disable --now strongswan-starter; fi';

const makeTun =
  'modprobe tun; mkdir -p /dev/net && { [ -e /dev/net/tun ] || mknod -m 666 /dev/net/tun c 10 200; }';

type Obstacle = { code: string; reason: string; fix: string | null };

/** Whether this machine can do IPsec and how, or the first thing that is in the way and what mends it. */
export function judgeMachine(facts: MachineFacts): IpsecCapability {
  const obstacle = findObstacle(facts);
  const { strongswanVersion } = facts;
  if (obstacle) return { supported: false, backend: null, strongswanVersion, ...obstacle };
  const backend = facts.kernelEsp ? 'kernel' : 'libipsec';
  return { supported: true, backend, strongswanVersion, code: null, reason: null, fix: null };
}

function findObstacle(facts: MachineFacts): Obstacle | null {
  const byHand = (names: string) => `Install ${names} with this system’s package manager.`;
  const install = (
    reason: string,
    names: string,
    packages: string[],
    also = '',
  ): Pick<Obstacle, 'reason' | 'fix'> =>
    facts.apt
      ? { reason, fix: aptInstall(...packages) + also }
      : { reason: `${reason} ${byHand(names)}`, fix: null };

  if (!facts.root) {
    return {
      code: 'not_root',
      reason: 'The agent doesn’t run as root, so it can’t set up tunnels. Start it with sudo.',
      fix: null,
    };
  }
  if (!facts.netAdmin) {
    return {
      code: 'no_net_admin',
      reason:
        'This container may not configure its network. Start it with --cap-add NET_ADMIN --device /dev/net/tun (Kubernetes: securityContext.capabilities.add NET_ADMIN).',
      fix: null,
    };
  }
  if (facts.charon === null) {
    const reason = 'strongSwan, which does IPsec, isn’t installed.';
    const packages = [...strongswanPackages, 'iproute2', 'nftables'];
    const names = 'strongSwan 5.9 or later with its vici and kernel-libipsec plugins, iproute2 and nftables';
    return { code: 'no_strongswan', ...install(reason, names, packages, ` && ${stopStarter}`) };
  }
  if (!facts.plugins.vici) {
    const reason = 'strongSwan’s control interface (its vici plugin) isn’t installed.';
    return { code: 'no_vici', ...install(reason, 'strongSwan’s vici plugin', ['strongswan-swanctl']) };
  }
  if (facts.missingPrograms.length > 0) {
    const packages = facts.missingPrograms.map((program) => (program === 'nft' ? 'nftables' : 'iproute2'));
    const reason = `The program ${facts.missingPrograms.join(', ')} isn’t installed.`;
    return { code: 'no_programs', ...install(reason, packages.join(' and '), packages) };
  }
  return (facts.kernelEsp ? null : findLibipsecObstacle(facts, install)) ?? findPortObstacle(facts);
}

function findLibipsecObstacle(
  facts: MachineFacts,
  install: (reason: string, names: string, packages: string[]) => Pick<Obstacle, 'reason' | 'fix'>,
): Obstacle | null {
  if (!facts.plugins.libipsec) {
    const reason =
      'The kernel can’t do ESP, and strongSwan’s own (its kernel-libipsec plugin) isn’t installed.';
    return {
      code: 'no_esp',
      ...install(reason, 'strongSwan’s kernel-libipsec plugin', ['libcharon-extra-plugins']),
    };
  }
  switch (facts.tun) {
    case 'usable':
      return null;
    case 'denied':
      return {
        code: 'no_tun',
        reason: 'This container may not use /dev/net/tun. Start it with --device /dev/net/tun.',
        fix: null,
      };
    case 'missing':
    case 'no-driver':
      return {
        code: 'no_tun',
        reason: `The device /dev/net/tun ${facts.tun === 'missing' ? 'doesn’t exist' : 'has no driver loaded'}.${facts.container ? ' In a container, start it with --device /dev/net/tun.' : ''}`,
        fix: makeTun,
      };
  }
}

function findPortObstacle({ ikePorts }: MachineFacts): Obstacle | null {
  if (!ikePorts) return null;
  const holder = ikePorts.process ?? 'a process outside this container';
  const ours = ['charon', 'starter', 'charon-systemd'].includes(ikePorts.process ?? '');
  const services = 'strongswan-starter strongswan';
  return {
    code: 'ike_port_taken',
    reason: `Another IKE daemon (${holder}) uses UDP port ${ikePorts.port}, and there can be only one.`,
    fix: ours ? `for service in ${services}; do systemctl disable --now "$service"; done` : null,
  };
}
