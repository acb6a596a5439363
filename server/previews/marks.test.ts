import { describe, expect, test } from 'vitest';
import { staysDown, type AskingRun, type Mark } from './marks.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

const mark = (changes: Partial<Mark> = {}): Mark => ({
  removed_at: new Date(noon).toISOString(),
  removed_reason: 'down',
  removed_sequence: null,
  ...changes,
});
const run = (changes: Partial<AskingRun> = {}): AskingRun => ({
  provider: 'github',
  sequence: null,
  begunAt: noon + minute,
  ...changes,
});
const before = { begunAt: noon - minute };
const after = { begunAt: noon + minute };

describe('after a preview was taken down', () => {
  test.each<[string, Partial<AskingRun>, Partial<Mark>, boolean]>([
    ['a run that began before stays out', before, {}, true],
    ['a run that began after brings it back', after, {}, false],
    ['a run that began in the same moment brings it back', { begunAt: noon }, {}, false],
    [
      'an older run by number stays out, however late it asks',
      { ...after, sequence: 7 },
      { removed_sequence: 8 },
      true,
    ],
    [
      'a newer run by number brings it back, however early it began',
      { ...before, sequence: 9 },
      { removed_sequence: 8 },
      false,
    ],
    ['the same run brings it back', { ...before, sequence: 8 }, { removed_sequence: 8 }, false],
    ['a run without a number is told by its time', before, { removed_sequence: 8 }, true],
    ['a mark without a number is told by its time', { ...before, sequence: 9 }, {}, true],
    [
      'an older job at GitLab stays out',
      { ...after, provider: 'gitlab', sequence: 7 },
      { removed_sequence: 8 },
      true,
    ],
    [
      'a job at GitLab with a larger number that began before stays out: the one that ended it may be of an older pipeline',
      { ...before, provider: 'gitlab', sequence: 9 },
      { removed_sequence: 8 },
      true,
    ],
    [
      'a job at GitLab with a larger number that began after brings it back',
      { ...after, provider: 'gitlab', sequence: 9 },
      { removed_sequence: 8 },
      false,
    ],
    ['a deleted workspace counts as taken down', before, { removed_reason: 'deleted' }, true],
    ['one that was only collected comes back for whoever asks', before, { removed_reason: 'expired' }, false],
    ['one that is there isn’t down', before, { removed_at: null, removed_reason: null }, false],
  ])('%s', (_, asking, left, expected) => {
    expect(staysDown(run(asking), mark(left))).toBe(expected);
  });
});
