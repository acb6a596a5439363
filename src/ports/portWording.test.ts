import { describe, expect, test } from 'vitest';
import { testPort } from './testPort.ts';
import { changedMeanwhile, noticeWords, shareAgainLabel, visibilitySet, whoIsCutOff } from './portWording.ts';

const audience = { owner: null, team: 'Platform team', members: 14 };
const notice = { from: 'public', reason: 'restarted', at: '2026-11-21T09:12:00Z' } as const;

describe('why a port is private again', () => {
  test.each([
    [notice, 'the workspace restarted at 09:12.'],
    [{ ...notice, reason: 'added-again' }, 'it was stopped and added again at 09:12.'],
    [{ ...notice, reason: 'https' }, 'it was switched to HTTPS at 09:12.'],
    [{ ...notice, reason: 'policy' }, 'the team stopped allowing public ports at 09:12.'],
    [
      { ...notice, reason: 'policy', from: 'organization' },
      'the team stopped allowing organization ports at 09:12.',
    ],
  ] as const)('%o', (about, because) => {
    expect(noticeWords(3000, about, 'at 09:12')).toBe(`Port 3000 is private again because ${because}`);
  });
});

test('sharing again says with whom', () => {
  expect(shareAgainLabel('public')).toBe('Share publicly again');
  expect(shareAgainLabel('organization')).toBe('Share with the team again');
});

describe('who is cut off when a port', () => {
  test.each([
    ['public', 'organization', 'Ends access for people outside the team: what they have open is cut off.'],
    ['public', 'private', 'Ends access for everybody else: what they have open is cut off.'],
    ['organization', 'private', 'Ends access for other members: what they have open is cut off.'],
    ['private', 'organization', null],
    ['organization', 'public', null],
    ['private', 'private', null],
  ] as const)('that was %s becomes %s', (from, to, words) => {
    expect(whoIsCutOff(from, to)).toBe(words);
  });
});

describe('once it is done', () => {
  test.each([
    ['private', 'public', 'Port 3000 is public: anyone with its address can open it.'],
    ['private', 'organization', 'Port 3000 can be opened by the 14 members of Platform team.'],
    ['public', 'private', 'Port 3000 is private. Access has ended for everybody else.'],
    ['organization', 'private', 'Port 3000 is private. Access has ended for other members.'],
  ] as const)('%s, then %s', (from, to, words) => {
    expect(visibilitySet(3000, from, to, audience)).toBe(words);
  });
});

describe('what somebody else changed meanwhile', () => {
  const before = testPort();
  test.each([
    [testPort({ visibility: 'public' }), 'it is public now, no longer private'],
    [testPort({ protocol: 'https' }), 'it speaks HTTPS now'],
    [testPort({ label: 'Web' }), 'it is called “Web” now'],
    [testPort({ forwarded: false }), 'it isn’t forwarded any more'],
    [
      testPort({ visibility: 'organization', label: 'Web' }),
      'it is organization now, no longer private, it is called “Web” now',
    ],
    [testPort({ revision: 2 }), 'its settings were saved again'],
  ])('%#', (now, what) => {
    expect(changedMeanwhile(before, now)).toBe(`Port 3000 was changed in the meantime: ${what}.`);
  });
  test('a label that is gone', () => {
    expect(changedMeanwhile(testPort({ label: 'Web' }), before)).toContain('it has no label any more');
  });
});
