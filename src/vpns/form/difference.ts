import type { Vpn } from '../../../contract/vpns.ts';
import { durationWords } from '../../ui/durationWords.ts';
import { toFormValues, type VpnFormValues } from './values.ts';

/** One field in three versions, as text to read: as it was when editing began, as typed here, as it is stored now. */
export type FieldDifference = {
  label: string;
  base: string;
  yours: string;
  theirs: string;
  changedBy: 'you' | 'them' | 'both';
};

type Part = {
  label: string;
  read: (values: VpnFormValues) => string;
  take: (from: VpnFormValues, into: VpnFormValues) => VpnFormValues;
};

const list = (items: readonly string[]) => (items.length === 0 ? 'none' : items.join(', '));

const parts: Part[] = [
  { label: 'Name', read: (v) => v.name, take: (from, into) => ({ ...into, name: from.name }) },
  {
    label: 'IKE version',
    read: (v) => `IKEv${v.ike.version}`,
    take: (from, into) => ({ ...into, ike: { ...into.ike, version: from.ike.version } }),
  },
  {
    label: 'IKE lifetime',
    read: (v) => durationWords(v.ike.lifetimeSeconds),
    take: (from, into) => ({ ...into, ike: { ...into.ike, lifetimeSeconds: from.ike.lifetimeSeconds } }),
  },
  {
    label: 'IKE cipher suites',
    read: (v) => list(v.ike.proposals),
    take: (from, into) => ({ ...into, ike: { ...into.ike, proposals: from.ike.proposals } }),
  },
  {
    label: 'ESP lifetime',
    read: (v) => durationWords(v.esp.lifetimeSeconds),
    take: (from, into) => ({ ...into, esp: { ...into.esp, lifetimeSeconds: from.esp.lifetimeSeconds } }),
  },
  {
    label: 'ESP cipher suites',
    read: (v) => list(v.esp.proposals),
    take: (from, into) => ({ ...into, esp: { ...into.esp, proposals: from.esp.proposals } }),
  },
  { label: 'Peer IP', read: (v) => v.peerIp, take: (from, into) => ({ ...into, peerIp: from.peerIp }) },
  {
    label: 'Peer subnets',
    read: (v) => list(v.peerSubnets),
    take: (from, into) => ({ ...into, peerSubnets: from.peerSubnets }),
  },
  {
    label: 'Peer ID',
    read: (v) => (v.peerId === '' ? 'the peer IP' : v.peerId),
    take: (from, into) => ({ ...into, peerId: from.peerId }),
  },
  {
    label: 'UDP encapsulation',
    read: (v) => (v.udpEncapsulation ? 'always' : 'only behind NAT'),
    take: (from, into) => ({ ...into, udpEncapsulation: from.udpEncapsulation }),
  },
  {
    label: 'Dead peer detection',
    read: (v) => `every ${durationWords(v.dpdDelaySeconds)}`,
    take: (from, into) => ({ ...into, dpdDelaySeconds: from.dpdDelaySeconds }),
  },
];

/** What somebody else's save and this form disagree about, in the order of the page. */
export function differences(base: Vpn, yours: VpnFormValues, theirs: Vpn): FieldDifference[] {
  const [before, now] = [toFormValues(base), toFormValues(theirs)];
  const fields = parts.flatMap(({ label, read }): FieldDifference[] => {
    const [was, mine, other] = [read(before), read(yours), read(now)];
    if (mine === other) return [];
    const changedBy = mine === was ? 'them' : other === was ? 'you' : 'both';
    return [{ label, base: was, yours: mine, theirs: other, changedBy }];
  });
  const keyByThem = base.preSharedKeyChangedAt !== theirs.preSharedKeyChangedAt;
  const keyByYou = yours.preSharedKey !== '';
  if (keyByThem || keyByYou) {
    fields.push({
      label: 'Pre-Shared Key',
      base: 'as it was',
      yours: keyByYou ? 'a new key' : 'as it was',
      theirs: keyByThem ? 'another key' : 'as it was',
      changedBy: keyByThem && keyByYou ? 'both' : keyByYou ? 'you' : 'them',
    });
  }
  return fields;
}

/** Theirs, with what was changed here put on top: what both changed stays as typed here, to be looked at. */
export function mergeOnto(base: Vpn, yours: VpnFormValues, theirs: Vpn): VpnFormValues {
  const before = toFormValues(base);
  const start = { ...toFormValues(theirs), preSharedKey: yours.preSharedKey };
  return parts.reduce(
    (merged, { read, take }) => (read(yours) === read(before) ? merged : take(yours, merged)),
    start,
  );
}
