import { expect, test } from 'vitest';
import { movedRoute } from './routes.ts';

test.each([
  ['10.250.0.0/24 dev ipsec0 proto static src 10.200.0.1 ', '10.250.0.0/24 dev ipsec0 src 10.201.0.1'],
  [
    '10.250.0.0/24 via 1.2.3.1 dev eth0 proto static src 10.200.0.1',
    '10.250.0.0/24 via 1.2.3.1 dev eth0 src 10.201.0.1',
  ],
])('%j becomes %j', (route, moved) => {
  expect(movedRoute(route, '10.201.0.1').join(' ')).toBe(moved);
});
