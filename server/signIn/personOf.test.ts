import { expect, test } from 'vitest';
import { needsUserInfo, personOf } from './personOf.ts';

const base = { iss: 'https://login.acme.example', sub: 'mei' };
const email = 'mei@acme.example';

test.each([
  ['in the id token', { email, email_verified: true }, null, true],
  ['in the userinfo', {}, { email, email_verified: true }, true],
  ['left out', { email }, null, false],
  ['false', { email, email_verified: false }, null, false],
  ['the text “true”', { email, email_verified: 'true' }, null, false],
  ['1', { email, email_verified: 1 }, null, false],
  ['only in the other document', { email }, { email: 'other@acme.example', email_verified: true }, false],
  ['beside no address, while the other document has one', { email_verified: true }, { email }, false],
])('an address is verified by what stands beside it: %s', (_where, claims, userInfo, verified) => {
  expect(personOf({ ...base, ...claims }, userInfo, null)).toMatchObject({ email, emailVerified: verified });
});

test.each([
  ['https://login.microsoftonline.com/0b8f/v2.0', true, true],
  ['https://login.microsoftonline.com/0b8f/v2.0', '1', true],
  ['https://login.microsoftonline.com/0b8f/v2.0', false, false],
  ['https://login.microsoftonline.com/0b8f/v2.0', undefined, false],
  ['https://login.microsoftonline.com.evil.example/v2.0', true, false],
  ['https://login.acme.example', true, false],
])('of %s, a verified domain owner (%j) is a verified address: %j', (iss, xms_edov, verified) => {
  expect(personOf({ ...base, iss, email, xms_edov }, null, null).emailVerified).toBe(verified);
});

test.each([
  [{ email: 'Mei@Acme.Example' }, 'mei@acme.example'],
  [{ email: 'no address' }, null],
  [{ email: 7 }, null],
  [{}, null],
])('the address of %j is %j', (claims, expected) => {
  expect(personOf({ ...base, ...claims }, null, null).email).toBe(expected);
});

test.each([
  [{ name: 'Mei Tanaka', email }, 'Mei Tanaka'],
  [{ preferred_username: 'mei.t', email }, 'mei.t'],
  [{ name: '   ', email }, 'mei'],
  [{ name: 'a\u202eb', email }, 'mei'],
  [{ name: 'x'.repeat(200) }, 'x'.repeat(80)],
  [{}, 'Somebody'],
])('the name of %j is %j', (claims, expected) => {
  expect(personOf({ ...base, ...claims }, null, null).name).toBe(expected);
});

test.each([
  ['a list', { groups: ['a', 'b'] }, null, ['a', 'b']],
  ['one group as text', { groups: 'a' }, null, ['a']],
  ['an empty list', { groups: [] }, null, []],
  ['a list with more than text', { groups: ['a', 7, null] }, null, ['a']],
  ['left out', {}, {}, null],
  ['too many, so that only where to ask is said', { _claim_names: { groups: 'src1' } }, null, null],
  ['an object', { groups: { a: true } }, null, null],
  ['in the userinfo', {}, { groups: ['a'] }, ['a']],
])('groups: %s', (_what, claims, userInfo, expected) => {
  expect(personOf({ ...base, ...claims }, userInfo, 'groups').groups).toEqual(expected);
});

test('groups aren’t read where no claim is named', () => {
  expect(personOf({ ...base, groups: ['a'] }, null, null).groups).toBeNull();
});

test.each([
  [{ email, name: 'Mei' }, null, false],
  [{ email }, null, true],
  [{ name: 'Mei' }, null, true],
  [{ email, name: 'Mei' }, 'groups', true],
  [{ email, name: 'Mei', groups: [] }, 'groups', false],
])('with %j and the groups claim %j, whether userinfo is asked: %j', (claims, groupsClaim, asked) => {
  expect(needsUserInfo({ ...base, ...claims }, groupsClaim)).toBe(asked);
});
