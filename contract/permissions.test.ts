import { expect, test } from 'vitest';
import { may, type Actor } from './permissions.ts';

const admin: Actor = { userId: 'user_admin', role: 'admin' };
const owner: Actor = { userId: 'user_owner', role: 'member' };
const other: Actor = { userId: 'user_other', role: 'member' };
const owned = { ownerId: 'user_owner' };

test.each([
  ['manage VPNs', may.manageVpns, [true, false, false]],
  ['create a workspace', may.createWorkspace, [true, true, true]],
  ['manage a workspace', (actor: Actor) => may.manageWorkspace(actor, owned), [true, true, false]],
  ['connect a workspace', (actor: Actor) => may.connectWorkspace(actor, owned), [true, true, false]],
  ['use a workspace’s replicas', (actor: Actor) => may.useReplicas(actor, owned), [true, true, false]],
  ['manage the team', may.manageTeam, [true, false, false]],
  ['manage members', may.manageMembers, [true, false, false]],
  ['decide whom the team trusts', may.manageTrust, [true, false, false]],
  ['manage sign-in', may.manageSignIn, [true, false, false]],
  ['manage the team’s secrets', may.manageSecrets, [true, false, false]],
  [
    'see which secrets a workspace gets',
    (actor: Actor) => may.seeWorkspaceSecrets(actor, owned),
    [true, true, false],
  ],
  ['create an API token', may.createApiToken, [true, true, true]],
  ['revoke an API token', (actor: Actor) => may.revokeApiToken(actor, owned), [true, true, false]],
])('who may %s: an admin, the owner, another member', (_what, rule, allowed) => {
  const answers = [admin, owner, other].map(rule);
  expect(answers.map((answer) => answer.allowed)).toEqual(allowed);
  for (const answer of answers) {
    if (!answer.allowed) expect(answer.reason).toMatch(/^Only .*admin.*\.$/);
  }
});
