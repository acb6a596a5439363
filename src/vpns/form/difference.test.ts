import { describe, expect, it } from 'vitest';
import { vpnDefaults, type Vpn } from '../../../contract/vpns.ts';
import { differences, mergeOnto } from './difference.ts';
import { concernsTunnels, toFormValues, toVpnChange } from './values.ts';

const base: Vpn = {
  ...vpnDefaults,
  id: 'vpn_1',
  name: 'Berlin office',
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
  revision: 3,
  createdAt: '2026-11-01T08:00:00.000Z',
  createdBy: null,
  updatedAt: '2026-11-20T08:00:00.000Z',
  updatedBy: null,
  preSharedKeyChangedAt: '2026-11-01T08:00:00.000Z',
  workspaces: 0,
  replicas: 0,
  tunnels: {
    wanted: 0,
    up: 0,
    warning: 0,
    connecting: 0,
    pending: 0,
    failed: 0,
    offline: 0,
    unsupported: 0,
    worst: null,
  },
  rollout: null,
};
const opened = toFormValues(base);

describe('two versions of a VPN', () => {
  it('name who changed what', () => {
    const yours = { ...opened, peerIp: '1.2.3.5', name: 'Berlin' };
    const theirs = { ...base, name: 'Hamburg', ike: { ...base.ike, lifetimeSeconds: 7200 } };
    expect(differences(base, yours, theirs)).toEqual([
      { label: 'Name', base: 'Berlin office', yours: 'Berlin', theirs: 'Hamburg', changedBy: 'both' },
      { label: 'IKE lifetime', base: '1 hour', yours: '1 hour', theirs: '2 hours', changedBy: 'them' },
      { label: 'Peer IP', base: '1.2.3.4', yours: '1.2.3.5', theirs: '1.2.3.4', changedBy: 'you' },
    ]);
  });

  it('agree where both made the same change', () => {
    expect(differences(base, { ...opened, name: 'Hamburg' }, { ...base, name: 'Hamburg' })).toEqual([]);
  });

  it('tell that the key changed without showing it', () => {
    const rows = differences(
      base,
      { ...opened, preSharedKey: 'secret' },
      { ...base, preSharedKeyChangedAt: '2026-11-21T08:00:00.000Z' },
    );
    expect(rows).toEqual([
      {
        label: 'Pre-Shared Key',
        base: 'as it was',
        yours: 'a new key',
        theirs: 'another key',
        changedBy: 'both',
      },
    ]);
  });
});

describe('keeping on editing on top of theirs', () => {
  it('takes theirs where nothing was changed here, within IKE settings too', () => {
    const yours = { ...opened, ike: { ...opened.ike, version: 1 as const }, preSharedKey: 'new' };
    const theirs = { ...base, peerIp: '9.9.9.9', ike: { ...base.ike, lifetimeSeconds: 7200 } };
    expect(mergeOnto(base, yours, theirs)).toEqual({
      ...opened,
      preSharedKey: 'new',
      peerIp: '9.9.9.9',
      ike: { ...base.ike, version: 1, lifetimeSeconds: 7200 },
    });
  });
});

describe('a change', () => {
  it('is empty when nothing differs, blanks around an address included', () => {
    expect(toVpnChange(base, { ...opened, peerIp: ' 1.2.3.4 ' })).toEqual({});
  });

  it('holds the whole of what differs', () => {
    expect(toVpnChange(base, { ...opened, esp: { ...opened.esp, lifetimeSeconds: 3600 } })).toEqual({
      esp: { ...base.esp, lifetimeSeconds: 3600 },
    });
  });

  it('of the name alone concerns no tunnel; any other does', () => {
    expect(concernsTunnels(toVpnChange(base, { ...opened, name: 'Hamburg' }))).toBe(false);
    expect(concernsTunnels(toVpnChange(base, { ...opened, preSharedKey: 'x' }))).toBe(true);
    expect(concernsTunnels(toVpnChange(base, { ...opened, name: 'Hamburg', peerIp: '1.1.1.1' }))).toBe(true);
  });
});
