import { expect, test } from 'vitest';
import { decide, type Begun, type Known } from './decide.ts';

const stranger: Known = { account: null, namesake: null };
const member: Known = {
  account: { userId: 'user_mei', email: 'mei@acme.example', isMember: true },
  namesake: { userId: 'user_mei', onlyHere: true },
};
const former: Known = {
  account: { userId: 'user_mei', email: 'mei@acme.example', isMember: false },
  namesake: { userId: 'user_mei', onlyHere: true },
};
const namesake: Known = { account: null, namesake: { userId: 'user_mei', onlyHere: true } };
const namesakeElsewhere: Known = { account: null, namesake: { userId: 'user_mei', onlyHere: false } };

const alone: Begun = { link: null, invitation: null };
const invited = (email: string | null): Begun => ({ link: null, invitation: { email } });
const gone: Begun = { link: null, invitation: 'gone' };
const linking = (userId: string, viewerId: string | null): Begun => ({
  link: { userId, viewerId },
  invitation: null,
});

const verified = { email: 'mei@acme.example', emailVerified: true };
const unverified = { email: 'mei@acme.example', emailVerified: false };
const without = { email: null, emailVerified: false };
const elsewhere = { email: 'mei@else.example', emailVerified: true };
const below = { email: 'mei@sub.acme.example', emailVerified: true };

const refuse = (problem: string) => ({ act: 'refuse', problem });
const enter = { act: 'enter', userId: 'user_mei' };
const join = { act: 'join', userId: 'user_mei' };
const create = (by: string, email = verified.email) => ({ act: 'create', by, email });

test.each([
  ['a member enters', verified, member, alone, enter],
  ['a member enters without an e-mail, since they are known by their subject', without, member, alone, enter],
  ['a member enters with an address of another domain', elsewhere, member, alone, enter],
  ['a member enters and leaves the invitation unspent', verified, member, invited(null), enter],
  ['a member enters with an invitation that is gone', verified, member, gone, enter],
  ['who was in the team doesn’t come back by the domain', verified, former, alone, refuse('not_member')],
  ['who was in the team comes back by an invitation', verified, former, invited(null), join],
  [
    'who was in the team comes back by an invitation of theirs',
    verified,
    former,
    invited(verified.email),
    join,
  ],
  [
    'who was in the team doesn’t come by another’s invitation',
    verified,
    former,
    invited('a@b.example'),
    refuse('invitation_for_another'),
  ],
  ['a stranger of an admitted domain gets an account', verified, stranger, alone, create('domain')],
  ['a stranger of another domain is refused', elsewhere, stranger, alone, refuse('not_admitted')],
  ['a stranger of a domain below an admitted one is refused', below, stranger, alone, refuse('not_admitted')],
  ['an address that isn’t verified is refused', unverified, stranger, alone, refuse('email_unverified')],
  ['a person without an address is refused', without, stranger, alone, refuse('email_missing')],
  ['the address of an account that is there is refused', verified, namesake, alone, refuse('email_taken')],
  [
    'the address of an account that is there isn’t named where it isn’t verified',
    unverified,
    namesake,
    alone,
    refuse('email_unverified'),
  ],
  [
    'the address of an account is refused with an invitation for anybody, too',
    verified,
    namesake,
    invited(null),
    refuse('email_taken'),
  ],
  [
    'an invitation for the very address leads into its account',
    verified,
    namesake,
    invited(verified.email),
    { act: 'adopt', userId: 'user_mei' },
  ],
  [
    'an invitation for the very address doesn’t lead into an account that is in another team as well',
    verified,
    namesakeElsewhere,
    invited(verified.email),
    refuse('email_taken'),
  ],
  [
    'an invitation for the very address leads nowhere while that isn’t verified',
    unverified,
    namesake,
    invited(verified.email),
    refuse('email_unverified'),
  ],
  [
    'a stranger joins by an invitation for anybody',
    elsewhere,
    stranger,
    invited(null),
    create('invitation', elsewhere.email),
  ],
  [
    'a stranger joins by an invitation of theirs',
    verified,
    stranger,
    invited(verified.email),
    create('invitation'),
  ],
  [
    'a stranger doesn’t join by another’s invitation',
    verified,
    stranger,
    invited('a@b.example'),
    refuse('invitation_for_another'),
  ],
  [
    'another’s invitation doesn’t become admission by domain',
    verified,
    stranger,
    invited('a@acme.example'),
    refuse('invitation_for_another'),
  ],
  ['an invitation needs a verified address', unverified, stranger, invited(null), refuse('email_unverified')],
  ['an invitation that is gone is said', verified, stranger, gone, refuse('invitation_invalid')],
  [
    'a new identity is linked to who began',
    elsewhere,
    stranger,
    linking('user_ada', 'user_ada'),
    { act: 'link', userId: 'user_ada' },
  ],
  [
    'an identity without an address can be linked',
    without,
    stranger,
    linking('user_ada', 'user_ada'),
    { act: 'link', userId: 'user_ada' },
  ],
  [
    'one’s own identity can be linked again',
    verified,
    member,
    linking('user_mei', 'user_mei'),
    { act: 'link', userId: 'user_mei' },
  ],
  [
    'an identity of somebody else isn’t linked',
    verified,
    member,
    linking('user_ada', 'user_ada'),
    refuse('identity_taken'),
  ],
  [
    'nothing is linked for somebody else than who began',
    verified,
    stranger,
    linking('user_ada', 'user_mei'),
    refuse('another_account'),
  ],
  [
    'nothing is linked for who has signed out meanwhile',
    verified,
    stranger,
    linking('user_ada', null),
    refuse('another_account'),
  ],
] as const)('%s', (_name, person, known, begun, decision) => {
  expect(decide(person, known, begun, ['acme.example'])).toEqual(decision);
});
