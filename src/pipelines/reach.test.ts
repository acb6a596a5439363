import { expect, test } from 'vitest';
import { isThisMachine } from './reach.ts';

test.each([
  ['http://localhost:8080', true],
  ['http://culvert.localhost', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:8080', true],
  ['https://culvert.example.com', false],
  ['https://localhost.example.com', false],
  ['http://10.0.0.7', false],
  ['https://127.example.com', false],
])('%s leads to oneself: %s', (address, expected) => {
  expect(isThisMachine(address)).toBe(expected);
});
