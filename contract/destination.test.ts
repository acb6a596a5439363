import { expect, test } from 'vitest';
import { safeDestination } from './destination.ts';

test.each([
  ['/teams/team_1/vpns?search=a#x', '/teams/team_1/vpns?search=a#x'],
  ['/', '/'],
  [undefined, '/'],
  ['', '/'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/\t/elsewhere.example', '/'],
  ['/\n\\elsewhere.example', '/'],
  ['/teams/\\elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?to=/sign-in', '/'],
  ['/port-auth?port=k3v9q2xa7m&flow=a&challenge=b', '/port-auth?port=k3v9q2xa7m&flow=a&challenge=b'],
])('after signing in, %j leads to %j', (to, destination) => {
  expect(safeDestination(to)).toBe(destination);
});
