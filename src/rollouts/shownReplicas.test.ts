import { expect, test } from 'vitest';
import type { RolloutReplica } from '../../contract/rollouts.ts';
import { failuresByCause, shownReplicas } from './shownReplicas.ts';

const replica = (
  number: number,
  state: RolloutReplica['state'],
  reason: string | null = null,
): RolloutReplica => ({
  replica: { id: `rep_${number}`, name: `api-${number}` },
  workspace: { id: 'ws_api', name: 'api' },
  state,
  since: '2026-11-21T12:00:00.000Z',
  diagnosis: null,
  reason,
});
const namesOf = (replicas: readonly RolloutReplica[]) => replicas.map((one) => one.replica.name);

test('a few are all shown', () => {
  const few = [replica(1, 'changed'), replica(2, 'trying'), replica(3, 'waiting')];
  expect(shownReplicas(few)).toEqual(few);
});

test('of many, the first, those that matter now, and those that come next', () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    replica(
      index + 1,
      index < 20 ? 'changed' : index === 20 ? 'went-back' : index === 21 ? 'trying' : 'waiting',
    ),
  );
  expect(namesOf(shownReplicas(many))).toEqual([
    'api-1',
    'api-21',
    'api-22',
    'api-23',
    'api-24',
    'api-25',
    'api-26',
    'api-27',
  ]);
});

test('never more than fit, however many try at once', () => {
  const many = Array.from({ length: 200 }, (_, index) => replica(index + 1, 'trying'));
  expect(shownReplicas(many)).toHaveLength(8);
});

test('those that went back for one reason are told of together', () => {
  const causes = failuresByCause([
    replica(1, 'changed'),
    replica(2, 'went-back', 'No answer.'),
    replica(3, 'went-back', 'Not up in time.'),
    replica(4, 'went-back', 'No answer.'),
  ]);
  expect(causes.map(namesOf)).toEqual([['api-2', 'api-4'], ['api-3']]);
});
