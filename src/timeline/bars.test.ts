import { expect, test } from 'vitest';
import { trafficOf } from './bars.ts';

test('bars in and out have one scale, and the whole is told', () => {
  expect(trafficOf([null, { bytesIn: 50, bytesOut: 200 }, { bytesIn: 100, bytesOut: 0 }])).toEqual({
    bars: [null, { bytesIn: 0.25, bytesOut: 1 }, { bytesIn: 0.5, bytesOut: 0 }],
    bytesIn: 150,
    bytesOut: 200,
    most: 200,
  });
});

test.each([
  ['no sample at all', []],
  ['nothing reported', [null, null]],
  ['nothing but silence', [{ bytesIn: 0, bytesOut: 0 }]],
])('%s makes no bar', (_what, samples) => {
  const { bars, most } = trafficOf(samples);
  expect(most).toBe(0);
  expect(bars.every((bar) => bar === null || (bar.bytesIn === 0 && bar.bytesOut === 0))).toBe(true);
});
