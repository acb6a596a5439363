import { expect, test } from 'vitest';
import { waysOver } from './move.ts';

const from = { name: 'A', peerSubnets: ['10.20.0.0/16', '10.21.0.0/16'] };

test('both tunnels can be there where the subnets are apart', () => {
  expect(waysOver(from, { name: 'B', peerSubnets: ['10.22.0.0/16'] })).toEqual({ makeBeforeBreak: true });
});

test('one has to go first where both lead to the same addresses, and it says which', () => {
  expect(waysOver(from, { name: 'B', peerSubnets: ['10.21.0.0/16'] })).toEqual({
    makeBeforeBreak: false,
    shared: '10.21.0.0/16 is behind both',
  });
  expect(waysOver(from, { name: 'B', peerSubnets: ['10.21.4.0/24'] })).toEqual({
    makeBeforeBreak: false,
    shared: '10.21.0.0/16 and 10.21.4.0/24 overlap',
  });
});
