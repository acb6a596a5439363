import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decidePortAccess,
  portCan,
  type GuardedPort,
  type PortDecision,
  type PortViewer,
} from './portAccess.ts';
import { opensMore, visibilities, type PortPolicy, type Visibility } from './visibility.ts';

const NOW = Date.UTC(2026, 10, 21, 8);
const anything: PortPolicy = { organization: true, public: true };

const port: GuardedPort = { id: 'port_a', ownerId: 'user_owner', visibility: 'private', accessEpoch: 4 };
const cookie = {
  kind: 'cookie',
  userId: 'user_owner',
  member: true,
  portId: 'port_a',
  accessEpoch: 4,
  expiresAt: NOW + 1,
} as const;

/** Everybody who may stand at a port. What was tampered with is found nowhere, and so shows nothing. */
const viewers = {
  'nobody who is signed in': { kind: 'anonymous' },
  'whoever shows a tampered cookie': { kind: 'anonymous' },
  'the owner': cookie,
  'a member of the team': { ...cookie, userId: 'user_member' },
  'a member of another team': { ...cookie, userId: 'user_stranger', member: false },
  'a removed member': { ...cookie, userId: 'user_member', member: false },
  'an owner who was removed': { ...cookie, member: false },
  'the owner with an expired cookie': { ...cookie, expiresAt: NOW },
  'the owner with the cookie of another port': { ...cookie, portId: 'port_b' },
  'the owner with a cookie of an old epoch': { ...cookie, accessEpoch: 3 },
  'the owner, signed in to the dashboard': { kind: 'session', userId: 'user_owner', member: true },
  'a member, signed in to the dashboard': { kind: 'session', userId: 'user_member', member: true },
  'a stranger, signed in to the dashboard': { kind: 'session', userId: 'user_stranger', member: false },
  'the owner’s API token': { kind: 'api-token', userId: 'user_owner', member: true },
  'a member’s API token': { kind: 'api-token', userId: 'user_member', member: true },
  'an API token of another team': { kind: 'api-token', userId: 'user_owner', member: false },
} satisfies Record<string, PortViewer>;
type Who = keyof typeof viewers;

/** private, organization, public, and a port that isn’t there. */
const table: [Who, PortDecision, PortDecision, PortDecision, PortDecision][] = [
  ['nobody who is signed in', 'sign-in', 'sign-in', 'allow', 'sign-in'],
  ['whoever shows a tampered cookie', 'sign-in', 'sign-in', 'allow', 'sign-in'],
  ['the owner', 'allow', 'allow', 'allow', 'sign-in'],
  ['a member of the team', 'not-found', 'allow', 'allow', 'sign-in'],
  ['a member of another team', 'not-found', 'not-found', 'allow', 'sign-in'],
  ['a removed member', 'not-found', 'not-found', 'allow', 'sign-in'],
  ['an owner who was removed', 'not-found', 'not-found', 'allow', 'sign-in'],
  ['the owner with an expired cookie', 'sign-in', 'sign-in', 'allow', 'sign-in'],
  ['the owner with the cookie of another port', 'sign-in', 'sign-in', 'allow', 'sign-in'],
  ['the owner with a cookie of an old epoch', 'sign-in', 'sign-in', 'allow', 'sign-in'],
  ['the owner, signed in to the dashboard', 'allow', 'allow', 'allow', 'not-found'],
  ['a member, signed in to the dashboard', 'not-found', 'allow', 'allow', 'not-found'],
  ['a stranger, signed in to the dashboard', 'not-found', 'not-found', 'allow', 'not-found'],
  ['the owner’s API token', 'allow', 'allow', 'allow', 'not-found'],
  ['a member’s API token', 'not-found', 'allow', 'allow', 'not-found'],
  ['an API token of another team', 'not-found', 'not-found', 'allow', 'not-found'],
];

test('the table names everybody', () => {
  expect(table.map(([who]) => who)).toEqual(Object.keys(viewers));
});

describe.each(table)('to %s', (who, ...answers) => {
  const viewer = viewers[who];
  test.each(visibilities.map((visibility, at) => [visibility, answers[at]] as const))(
    'a port that is %s answers %s',
    (visibility, answer) => {
      expect(decidePortAccess({ ...port, visibility }, viewer, anything, NOW)).toBe(answer);
    },
  );

  test(`a port that isn’t there answers ${answers[3]}`, () => {
    expect(decidePortAccess(null, viewer, anything, NOW)).toBe(answers[3]);
  });

  test.each([
    ['organization', { organization: false, public: true }],
    ['public', { organization: true, public: false }],
  ] as const)(
    'a port that is %s against the team’s policy answers as a private one',
    (visibility, policy) => {
      expect(decidePortAccess({ ...port, visibility }, viewer, policy, NOW)).toBe(answers[0]);
    },
  );
});

const people = fc.constantFrom('user_owner', 'user_member', 'user_stranger');
const viewer: fc.Arbitrary<PortViewer> = fc.oneof(
  fc.constant({ kind: 'anonymous' as const }),
  fc.record({
    kind: fc.constantFrom('session' as const, 'api-token' as const),
    userId: people,
    member: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('cookie' as const),
    userId: people,
    member: fc.boolean(),
    portId: fc.constantFrom('port_a', 'port_b'),
    accessEpoch: fc.integer({ min: 3, max: 5 }),
    expiresAt: fc.integer({ min: NOW - 2, max: NOW + 2 }),
  }),
);
const visibility = fc.constantFrom(...visibilities);
const policy = fc.record({ organization: fc.boolean(), public: fc.boolean() });

describe('whatever comes together', () => {
  test('a less visible port lets in nobody whom the more visible one keeps out', () => {
    fc.assert(
      fc.property(visibility, visibility, viewer, (a, b, who) => {
        fc.pre(opensMore(a, b));
        const open = decidePortAccess({ ...port, visibility: a }, who, anything, NOW);
        const tight = decidePortAccess({ ...port, visibility: b }, who, anything, NOW);
        expect(tight === 'allow' && open !== 'allow').toBe(false);
      }),
    );
  });

  test('a stricter policy, a lost membership, a new epoch and time let in nobody who was kept out', () => {
    fc.assert(
      fc.property(visibility, policy, viewer, (level, allowed, who) => {
        const at = { ...port, visibility: level };
        fc.pre(decidePortAccess(at, who, allowed, NOW) !== 'allow');
        const strictest = { organization: false, public: false };
        const removed = 'member' in who ? { ...who, member: false } : who;
        expect(decidePortAccess(at, who, strictest, NOW)).not.toBe('allow');
        expect(decidePortAccess(at, removed, allowed, NOW)).not.toBe('allow');
        expect(decidePortAccess(at, who, allowed, NOW + 10)).not.toBe('allow');
        expect(decidePortAccess({ ...at, accessEpoch: 9 }, who, allowed, NOW)).not.toBe('allow');
      }),
    );
  });

  test('whoever is kept out of an existing port, and holds nothing that it gave them, is told the same where there is none', () => {
    fc.assert(
      fc.property(visibility, policy, viewer, (level, allowed, who) => {
        const answer = decidePortAccess({ ...port, visibility: level }, who, allowed, NOW);
        const current =
          who.kind === 'cookie' &&
          who.portId === port.id &&
          who.accessEpoch === port.accessEpoch &&
          NOW < who.expiresAt;
        fc.pre(answer !== 'allow' && !current);
        expect(decidePortAccess(null, who, allowed, NOW)).toBe(answer);
      }),
    );
  });
});

describe('who may change a port', () => {
  const workspace = { ownerId: 'user_owner' };
  const owner = { userId: 'user_owner', role: 'member' } as const;
  const admin = { userId: 'user_admin', role: 'admin' } as const;
  const member = { userId: 'user_member', role: 'member' } as const;
  const change = (who: typeof owner | typeof admin | typeof member, from: Visibility, to: Visibility) =>
    portCan.setVisibility(who, workspace, { from, to }, anything).allowed;

  test('the owner and admins see every port of a workspace, other members don’t', () => {
    expect([owner, admin, member].map((who) => portCan.seeAll(who, workspace))).toEqual([true, true, false]);
  });

  test('the owner alone forwards and names ports', () => {
    expect([owner, admin, member].map((who) => portCan.manage(who, workspace).allowed)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('the owner and admins stop ports', () => {
    expect([owner, admin, member].map((who) => portCan.stop(who, workspace).allowed)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('the owner alone makes ports more visible, admins make anybody’s less visible, members change nothing', () => {
    for (const from of visibilities) {
      for (const to of visibilities) {
        expect(change(owner, from, to), `${from} to ${to}`).toBe(true);
        expect(change(admin, from, to), `${from} to ${to}`).toBe(!opensMore(to, from));
        expect(change(member, from, to), `${from} to ${to}`).toBe(false);
      }
    }
  });

  test.each([
    ['organization', { organization: false, public: true }, /all its members/],
    ['public', { organization: true, public: false }, /public ports/],
  ] as const)(
    'the owner doesn’t make a port %s where the team forbids it, and is told who can',
    (to, rule, why) => {
      const refused = portCan.setVisibility(owner, workspace, { from: 'private', to }, rule);
      expect(refused).toEqual({ allowed: false, reason: expect.stringMatching(why) });
      expect(refused).toEqual({ allowed: false, reason: expect.stringMatching(/Settings\.$/) });
      expect(portCan.setVisibility(owner, workspace, { from: to, to: 'private' }, rule).allowed).toBe(true);
    },
  );
});
