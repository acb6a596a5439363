import { expect, test } from 'vitest';
import { DeliveredSecrets } from '../../contract/secretsApi.ts';
import { isDelivered } from './fetchSecrets.ts';

const item = { name: 'DATABASE_URL', value: 'x', delivery: 'environment' };
const example = { version: 'v1', items: [item, { ...item, name: 'CERTIFICATE', delivery: 'file' }] };
const strange = [undefined, null, '', 'x', 0, 1.5, true, [], ['x'], [null], {}, { length: 1 }];

test('what the contract has a server say is taken', () => {
  expect([DeliveredSecrets.safeParse(example).success, isDelivered(example)]).toEqual([true, true]);
});

test('whatever is taken is as the contract says; of texts, only names are looked at more closely', () => {
  const versions = strange.flatMap((odd) => [
    { version: odd, value: { ...example, version: odd } },
    { items: odd, value: { ...example, items: odd } },
    { item: odd, value: { ...example, items: [item, odd] } },
    { name: odd, value: { ...example, items: [{ ...item, name: odd }] } },
    { text: odd, value: { ...example, items: [{ ...item, value: odd }] } },
    { delivery: odd, value: { ...example, items: [{ ...item, delivery: odd }] } },
  ]);
  for (const { value, ...which } of versions) {
    const isName = !('name' in which);
    const expected = DeliveredSecrets.safeParse(value).success && isName;
    expect({ ...which, taken: isDelivered(value) }).toEqual({ ...which, taken: expected });
  }
});
