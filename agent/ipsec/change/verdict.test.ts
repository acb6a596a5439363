import { expect, test } from 'vitest';
import { judge, type ChangeFacts, type Verdict } from './verdict.ts';

const start = 1_000_000;
const trying: ChangeFacts = {
  now: start,
  deadline: start + 60_000,
  upAt: null,
  silent: false,
  answered: null,
  refusals: 0,
  diagnosed: false,
};
const up = { upAt: start, now: start + 2000 };
const over = { now: start + 60_000 };

const said = (verdict: Verdict) =>
  verdict.kind === 'go-back' ? `goes back: ${verdict.reason}` : verdict.kind;

test.each<[string, Partial<ChangeFacts>, string]>([
  ['nothing is known yet', {}, 'wait'],
  ['one refusal', { refusals: 1, diagnosed: true }, 'wait'],
  ['two refusals', { refusals: 2, diagnosed: true }, 'goes back: failed'],
  ['refused before, up now', { ...up, refusals: 2 }, 'keep'],
  ['no answer, long before the limit', { diagnosed: true, now: start + 30_000 }, 'wait'],
  ['no answer at the limit', { ...over, diagnosed: true }, 'goes back: failed'],
  ['nothing certain at the limit', over, 'goes back: timeout'],
  ['up for a moment', { upAt: start, now: start + 1999 }, 'wait'],
  ['up for 2 s', up, 'keep'],
  ['up for 2 s, and nothing comes back', { ...up, silent: true }, 'wait'],
  [
    'up, and nothing came back until the limit',
    { ...over, upAt: start, silent: true },
    'goes back: no-answer',
  ],
  ['up for 2 s, the check isn’t answered yet', { ...up, answered: false }, 'wait'],
  ['up for 2 s, the check is answered', { ...up, answered: true }, 'keep'],
  ['the check is answered, counters are late', { ...up, answered: true, silent: true }, 'keep'],
  ['up for a moment, the check is answered', { upAt: start, now: start + 500, answered: true }, 'wait'],
  [
    'the check wasn’t answered until the limit',
    { ...over, upAt: start, answered: false },
    'goes back: no-answer',
  ],
  ['up for almost 10 s, and nothing comes back', { upAt: start, now: start + 9999, silent: true }, 'wait'],
  [
    'up for 10 s, and nothing comes back, long before the limit',
    { upAt: start, now: start + 10_000, silent: true },
    'goes back: no-answer',
  ],
  [
    'up for almost 10 s, the check isn’t answered yet',
    { upAt: start, now: start + 9999, answered: false },
    'wait',
  ],
  [
    'up for 10 s, the check isn’t answered, long before the limit',
    { upAt: start, now: start + 10_000, answered: false },
    'goes back: no-answer',
  ],
  [
    'up for 10 s, the check is answered at last',
    { upAt: start, now: start + 10_000, answered: true },
    'keep',
  ],
  ['not up, long after it was tried first', { now: start + 30_000, answered: false }, 'wait'],
  ['up only just at the limit', { ...over, upAt: start + 59_000 }, 'goes back: timeout'],
])('%s', (_, facts, expected) => {
  expect(said(judge({ ...trying, ...facts }))).toBe(expected);
});
