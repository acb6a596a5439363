import { describe, expect, it } from 'vitest';
import type { TunnelSummary } from '../../contract/tunnels.ts';
import { subnetsInWords, totalsLine } from './wording.ts';

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

describe('subnets in a sentence', () => {
  it.each([
    [['10.0.0.0/24'], '10.0.0.0/24'],
    [['10.0.0.0/24', '10.1.0.0/24'], '10.0.0.0/24 and 10.1.0.0/24'],
    [['10.0.0.0/24', '10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24'], '10.0.0.0/24, 10.1.0.0/24 and 2 more'],
  ])('%j', (subnets, words) => {
    expect(subnetsInWords(subnets)).toBe(words);
  });
});
