import { expect, test } from 'vitest';
import type { Member } from '../../contract/team.ts';
import { lastAdminReason } from './memberRules.ts';

const member = (name: string, role: Member['role']): Member => ({
  id: `user_${name}`,
  name,
  email: `${name}@example.com`,
  role,
  joinedAt: '2026-11-21T12:00:00.000Z',
  lastSeenAt: null,
  workspaces: 0,
  apiTokens: 0,
});
const ada = member('Ada', 'admin');
const bo = member('Bo', 'member');
const cy = member('Cy', 'admin');

test('the only admin must stay one', () => {
  expect(lastAdminReason(ada, [ada, bo], true)).toMatch(/^Ada is the only admin/);
});

test('with another admin, anybody can go; a member always can', () => {
  expect(lastAdminReason(ada, [ada, bo, cy], true)).toBeUndefined();
  expect(lastAdminReason(bo, [ada, bo], true)).toBeUndefined();
});

test('while not all members are known, the server is asked', () => {
  expect(lastAdminReason(ada, [ada, bo], false)).toBeUndefined();
});
