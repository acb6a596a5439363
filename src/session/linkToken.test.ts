import { expect, test } from 'vitest';
import { tokenOf } from './linkToken.ts';

test.each([
  ['#culv_reset_a-b_c', 'culv_reset_a-b_c'],
  ['culv_reset_a%20', 'culv_reset_a'],
  ['#culv_reset_a%', 'culv_reset_a%'],
  ['#%E0%A4%A', '%E0%A4%A'],
  ['', ''],
])('of %j the token is %j', (fragment, token) => {
  expect(tokenOf(fragment)).toBe(token);
});
