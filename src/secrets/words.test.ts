import { expect, test } from 'vitest';
import type { WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { getsTeamsOnly, namesInWords, runsWithOlder, runsWithout } from './words.ts';

type Standing = WorkspaceSecrets['replicas'][number];

const replica = (name: string, change: Partial<Standing> = {}): Standing => ({
  replica: { id: name, name },
  online: true,
  receivedAt: null,
  state: 'current',
  ownSecrets: true,
  ...change,
});
const replicas = [
  replica('current'),
  replica('older', { state: 'older' }),
  replica('away', { state: 'older', online: false }),
  replica('without', { state: 'none' }),
  replica('admins', { ownSecrets: false }),
];
const of = (level: 'member' | 'team'): WorkspaceSecrets => ({
  items: [{ name: 'A', level, delivery: 'environment' }],
  replicas,
});

test.each([
  [['api-1'], 'api-1'],
  [['api-1', 'api-2'], 'api-1 and api-2'],
  [['api-1', 'api-2', 'api-3'], 'api-1, api-2 and 1 more'],
])('replicas %j are named as “%s”', (names, words) => {
  expect(namesInWords(names.map((name) => replica(name)))).toBe(words);
});

test('what runs with older ones is restarted, unless it is away: it gets the new ones when it starts', () => {
  expect(namesInWords(runsWithOlder(of('team')))).toBe('older');
});

test('what has none is told of where there are any', () => {
  expect(namesInWords(runsWithout(of('team')))).toBe('without');
  expect(runsWithout({ items: [], replicas })).toEqual([]);
});

test('who gets the team’s only is told of where there are others', () => {
  expect(namesInWords(getsTeamsOnly(of('member')))).toBe('admins');
  expect(getsTeamsOnly(of('team'))).toEqual([]);
});
