import { parseAddress, type Address } from '../addresses.ts';
import { parsePeerId } from '../peerIds.ts';
import { checkPreSharedKey } from '../preSharedKey.ts';
import { parseProposal, type Phase, type Proposal } from '../proposals.ts';
import { parseSubnet, type Subnet } from '../subnets.ts';
import type { IkeVersion, VpnSettings } from '../vpns.ts';
import type { ConfSegment, GatewayOptions } from './document.ts';
import { gatewayName } from './gatewayNames.ts';
import { choosePools, type Pools } from './pools.ts';
import { valueOr } from './segments.ts';

export type Identity = { kind: 'address' | 'name' | 'email'; text: string };

export type KnownPhase = {
  phase: Phase;
  /** Seconds. */
  lifetime: number | undefined;
  /** The suites that are valid, in order of preference. */
  suites: Proposal[];
};

/**
 * The settings of a form that may be half filled, parsed: only what is valid, in its canonical form, without a character
 * that could end a value, a line or a command anywhere. The key alone may hold any printable character.
 */
export type KnownSettings = {
  /** What everything on the gateway is called (see `gatewayName`). */
  name: string;
  /** The same where a gateway takes only 15 characters. */
  shortName: string;
  version: IkeVersion;
  ike: KnownPhase;
  esp: KnownPhase;
  /** The gateway's public address. */
  address: Address | undefined;
  /** What the gateway calls itself in IKE. */
  identity: Identity | undefined;
  /** What to fill in for `identity` to be known. */
  identityName: 'peer IP' | 'peer ID';
  subnets: Subnet[];
  pools: Pools;
  encapsulate: boolean;
  /** Seconds. */
  dpdDelay: number | undefined;
  preSharedKey: string | undefined;
};

/** Gateways have their own limits, of which this one suits all that say theirs but FortiOS (see there). */
const NAME_MAX = 56;
/** FortiOS: “maximum length is 15 characters for an interface mode VPN”. */
const SHORT_NAME_MAX = 15;

const wholeSeconds = (seconds: number): number | undefined =>
  Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;

function identityOf(text: string): Identity | undefined {
  const parsed = parsePeerId(text);
  if (!parsed.ok) return undefined;
  const kind = parseAddress(parsed.value).ok ? 'address' : parsed.value.includes('@') ? 'email' : 'name';
  return { kind, text: parsed.value };
}

/** Parses what is there. See `KnownSettings`. */
export function knownSettings(settings: VpnSettings, options: GatewayOptions): KnownSettings {
  const { ike, peerIp, peerId } = settings;
  const phase = (name: Phase): KnownPhase => ({
    phase: name,
    lifetime: wholeSeconds(settings[name].lifetimeSeconds),
    suites: settings[name].proposals.flatMap((text) => {
      const parsed = parseProposal(text, name, ike.version);
      return parsed.ok ? [parsed.value] : [];
    }),
  });
  const subnets = settings.peerSubnets.flatMap((text) => {
    const parsed = parseSubnet(text);
    return parsed.ok ? [parsed.value] : [];
  });
  const address = parseAddress(peerIp);
  const key = options.preSharedKey === undefined ? undefined : checkPreSharedKey(options.preSharedKey);
  return {
    name: gatewayName(settings.name, NAME_MAX),
    shortName: gatewayName(settings.name, SHORT_NAME_MAX),
    version: ike.version,
    ike: phase('ike'),
    esp: phase('esp'),
    address: address.ok ? address.value : undefined,
    identity: peerId !== null ? identityOf(peerId) : address.ok ? identityOf(peerIp) : undefined,
    identityName: peerId === null ? 'peer IP' : 'peer ID',
    subnets,
    pools: choosePools(options.pool, subnets, peerIp),
    encapsulate: settings.udpEncapsulation,
    dpdDelay: wholeSeconds(settings.dpdDelaySeconds),
    preSharedKey: key?.ok === true ? key.value : undefined,
  };
}

export const identitySegment = ({ identity, identityName }: KnownSettings): ConfSegment =>
  valueOr(identity?.text, identityName);

/** All pools as CIDR, IPv4 first, joined by `separator`; a placeholder where none is known. */
export function poolsSegment({ pools }: KnownSettings, separator = ','): ConfSegment {
  const known = [pools.v4, pools.v6].flatMap((pool) => pool?.text ?? []);
  return valueOr(known.length === pools.needed.length ? known.join(separator) : undefined, 'address pool');
}

export const subnetsSegment = ({ subnets }: KnownSettings, separator = ','): ConfSegment =>
  valueOr(subnets.map((subnet) => subnet.text).join(separator), 'peer subnets');

/** What stands for suites that aren't there yet. */
export const suitesName = (phase: Phase): string => `${phase.toUpperCase()} cipher suites`;

export const lifetimeName = (phase: Phase): string => `${phase.toUpperCase()} lifetime`;
