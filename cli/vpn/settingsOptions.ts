import { InvalidArgumentError, Option, type Command } from 'commander';
import type { IkeVersion, VpnSettings } from '../../contract/vpns.ts';
import { durationSeconds } from '../duration.ts';

/** What of a VPN was said on the command line. Times are seconds. */
export type SettingsOptions = {
  peerIp?: string;
  peerId?: string;
  subnet?: string[];
  ikeVersion?: IkeVersion;
  ikeLifetime?: number;
  ikeProposal?: string[];
  espLifetime?: number;
  espProposal?: string[];
  udpEncapsulation?: boolean;
  dpdDelay?: number;
};

const several = (text: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

function ikeVersion(text: string): IkeVersion {
  if (text === '1') return 1;
  if (text === '2') return 2;
  throw new InvalidArgumentError('IKE has the versions 1 and 2.');
}

const list = (flags: string, description: string): Option =>
  new Option(flags, `${description}; repeat it, or separate several by commas`).argParser(several);

const duration = (flags: string, description: string): Option =>
  new Option(flags, `${description}, such as 30s, 60m or 8h`).argParser(durationSeconds);

/** Adds the settings of a VPN, under the names that the form gives them. What is wrong with a value, the server says. */
export const settingsOptions = (command: Command): Command =>
  command
    .option('--peer-ip <address>', 'public address of the gateway')
    .addOption(list('--subnet <cidr>', 'private network behind it'))
    .addOption(new Option('--ike-version <version>', '1 or 2').argParser(ikeVersion))
    .addOption(duration('--ike-lifetime <duration>', 'until IKE keys are renewed'))
    .addOption(list('--ike-proposal <suite>', 'cipher suite such as aes256-sha256-modp2048'))
    .addOption(duration('--esp-lifetime <duration>', 'until ESP keys are renewed'))
    .addOption(list('--esp-proposal <suite>', 'cipher suite such as aes256-sha256-modp2048'))
    .option('--peer-id <id>', 'how the gateway names itself; “none”: by its address')
    .option('--udp-encapsulation', 'always wrap ESP in UDP')
    .option('--no-udp-encapsulation', 'only where there is NAT')
    .addOption(duration('--dpd-delay <duration>', 'how often to ask whether the gateway is there'));

/** `before` with what was said put over it. */
export function withOptions(before: VpnSettings, options: SettingsOptions): VpnSettings {
  const { ike, esp } = before;
  const peerId = options.peerId === 'none' ? null : options.peerId;
  return {
    name: before.name,
    ike: {
      version: options.ikeVersion ?? ike.version,
      lifetimeSeconds: options.ikeLifetime ?? ike.lifetimeSeconds,
      proposals: options.ikeProposal ?? ike.proposals,
    },
    esp: {
      lifetimeSeconds: options.espLifetime ?? esp.lifetimeSeconds,
      proposals: options.espProposal ?? esp.proposals,
    },
    peerIp: options.peerIp ?? before.peerIp,
    peerId: peerId === undefined ? before.peerId : peerId,
    peerSubnets: options.subnet ?? before.peerSubnets,
    udpEncapsulation: options.udpEncapsulation ?? before.udpEncapsulation,
    dpdDelaySeconds: options.dpdDelay ?? before.dpdDelaySeconds,
  };
}
