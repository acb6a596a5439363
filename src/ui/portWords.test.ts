import { describe, expect, test } from 'vitest';
import {
  membersOf,
  portName,
  shareAgainLabel,
  shownAddress,
  visibilityMeaning,
  whyPrivate,
} from './portWords.ts';

const audience = { owner: null, team: 'Platform team', members: 14 };

describe('what a visibility means', () => {
  test.each([
    ['private', audience, 'Only you, after signing in.'],
    ['private', { ...audience, owner: 'Mei Tanaka' }, 'Only Mei Tanaka, after signing in.'],
    ['organization', audience, 'The 14 members of Platform team, after signing in.'],
    ['organization', { ...audience, members: 1 }, 'The only member of Platform team, after signing in.'],
    ['organization', { ...audience, members: undefined }, 'The members of Platform team, after signing in.'],
    [
      'public',
      audience,
      'Anyone on the internet. No sign-in. Goes back to private when the workspace restarts.',
    ],
  ] as const)('%s to %o', (visibility, whom, words) => {
    expect(visibilityMeaning(visibility, whom)).toBe(words);
  });
});

test('inside a sentence the members begin small', () => {
  expect(membersOf({ team: 'Platform team', members: 2 })).toBe('the 2 members of Platform team');
});

test('an address is shown without its scheme, with its port', () => {
  expect(shownAddress('http://k3f9q2abcd.localhost:8080')).toBe('k3f9q2abcd.localhost:8080');
  expect(shownAddress('https://k3f9q2abcd.ports.example.dev/')).toBe('k3f9q2abcd.ports.example.dev');
});

test('a port is called by its number and label', () => {
  expect(portName({ port: 3000, label: 'Web' })).toBe('3000 Web');
  expect(portName({ port: 9229, label: null })).toBe('9229');
});

const notice = { from: 'public', reason: 'restarted', at: '2026-11-21T09:12:00Z' } as const;

test.each([
  [notice, 'the workspace restarted at 09:12'],
  [{ ...notice, reason: 'added-again' }, 'it was stopped and added again at 09:12'],
  [{ ...notice, reason: 'https' }, 'it was switched to HTTPS at 09:12'],
  [{ ...notice, reason: 'policy' }, 'the team stopped allowing public ports at 09:12'],
  [
    { ...notice, reason: 'policy', from: 'organization' },
    'the team stopped allowing organization ports at 09:12',
  ],
] as const)('why a port is private again: %o', (about, because) => {
  expect(whyPrivate(about, 'at 09:12')).toBe(because);
});

test('sharing again says with whom', () => {
  expect(shareAgainLabel('public')).toBe('Share publicly again');
  expect(shareAgainLabel('organization')).toBe('Share with the team again');
});
