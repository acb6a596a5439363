import { describe, expect, test } from 'vitest';
import { testPort } from './testPort.ts';
import { changedMeanwhile, visibilitySet, whoIsCutOff } from './portWording.ts';

const audience = { owner: null, team: 'Platform team', members: 14 };

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
