import { expect, test } from 'vitest';
import { isServersPage, portToOpen } from './destination.ts';

test.each([
  ['/port-auth?port=k3v9q2xa7m', true],
  ['/', false],
  ['/port-auth', false],
  ['/port-authority?x', false],
  ['/teams/team_1/vpns?search=/port-auth?', false],
])('whether %s is a page of the server: %s', (destination, answer) => {
  expect(isServersPage(destination)).toBe(answer);
});

test.each([
  ['/port-auth?port=k3v9q2xa7m&flow=a&challenge=b', 'k3v9q2xa7m'],
  ['/port-auth?flow=a', null],
  ['/port-auth?port=Enter%20your%20password%20at%20evil.example', null],
  ['/port-auth?port=evil.example', null],
  ['/teams/team_1/vpns?port=k3v9q2xa7m', null],
  [undefined, null],
])('the port that %s leads to: %s', (to, label) => {
  expect(portToOpen(to)).toBe(label);
});
