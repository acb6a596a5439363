import { describe, expect, it } from 'vitest';
import type { TunnelSummary } from '../../contract/tunnels.ts';
import { totalsLine } from './wording.ts';

const tunnels = (up: number, wanted: number): { tunnels: TunnelSummary } => ({
  tunnels: {
    wanted,
    up,
    warning: 0,
    connecting: 0,
    pending: 0,
    failed: wanted - up,
    offline: 0,
    unsupported: 0,
    worst: null,
  },
});

describe('the totals of a list', () => {
  it('count VPNs and tunnels', () => {
    expect(totalsLine([tunnels(12, 12), tunnels(7, 9)], 2)).toBe('2 VPNs · 19 of 21 tunnels up');
  });
  it('leave tunnels out where there are none, or where only a part of the list is here', () => {
    expect(totalsLine([tunnels(0, 0)], 1)).toBe('1 VPN');
    expect(totalsLine([tunnels(1, 1)], 1200)).toBe('1,200 VPNs');
  });
});
