import { expect, test } from 'vitest';
import { addressRefusal, lastAnswered, limitRefusal, noCheck, toCheck } from './checkValues.ts';

const subnets = ['10.250.0.0/24'];

test.each([
  ['', '', true],
  [' 10.250.0.5 ', '', true],
  ['10.250.0.5', '5432', true],
  ['', '5432', 'Enter the address that the port belongs to, or leave both empty.'],
  [
    '10.9.0.5',
    '',
    '10.9.0.5 is outside the peer subnets (10.250.0.0/24), so it isn’t reached through this VPN.',
  ],
])('the address “%s” with the port “%s”', (address, port, verdict) => {
  expect(addressRefusal({ address, port }, subnets)).toBe(verdict);
});

test.each([
  [60, true],
  [14, 'Use at least 15 seconds.'],
  [601, 'Use at most 10 minutes.'],
  [Number.NaN, 'Enter a whole number of seconds.'],
])('a limit of %d seconds', (seconds, verdict) => {
  expect(limitRefusal(seconds)).toBe(verdict);
});

test('nothing typed means no check', () => {
  expect(toCheck(noCheck)).toBeNull();
  expect(toCheck({ ...noCheck, address: ' 10.250.0.5 ', port: '5432' })).toEqual({
    address: '10.250.0.5',
    port: 5432,
  });
});

test('what answered last is suggested, not what failed or isn’t behind the gateway any more', () => {
  const verification = (address: string, state: 'succeeded' | 'failed') => ({
    address,
    port: null,
    results: [
      {
        replica: { id: 'rep_1', name: 'api-1' },
        workspace: { id: 'ws_1', name: 'api' },
        state,
        code: null,
        message: '',
        roundTripMs: null,
        at: '2026-11-21T12:00:00.000Z',
      },
    ],
  });
  const history = [
    verification('10.250.0.9', 'failed'),
    verification('10.9.0.1', 'succeeded'),
    verification('10.250.0.5', 'succeeded'),
  ];
  expect(lastAnswered(history, subnets)).toEqual({ address: '10.250.0.5', port: null });
  expect(lastAnswered(history.slice(0, 2), subnets)).toBeUndefined();
});
