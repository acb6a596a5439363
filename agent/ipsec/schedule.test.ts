import { expect, test } from 'vitest';
import { retryDelay } from './schedule.ts';

const MINUTE = 60_000;
const middle = 0.5;

test.each([
  ['never up', { upAgoMs: null, unanswered: false }, [5, 10, 20, 40, 80, 120, 120]],
  ['never up, nobody answers', { upAgoMs: null, unanswered: true }, [5, 10, 15, 15]],
  ['up a moment ago', { upAgoMs: 1000, unanswered: false }, [1, 2, 4, 8, 15, 15]],
  ['up five minutes ago', { upAgoMs: 5 * MINUTE, unanswered: false }, [5, 10, 15, 15]],
  ['up an hour ago', { upAgoMs: 60 * MINUTE, unanswered: false }, [5, 10, 20, 40, 80, 120]],
])('%s: waits %j s', (_, situation, seconds) => {
  const delays = seconds.map((__, index) => retryDelay({ failures: index + 1, ...situation }, middle));
  expect(delays).toEqual(seconds.map((second) => second * 1000));
});

test('replicas spread over a fifth of the wait to either side', () => {
  const situation = { failures: 1, upAgoMs: null, unanswered: false };
  expect([retryDelay(situation, 0), retryDelay(situation, 1)]).toEqual([4000, 6000]);
});
