import { describe, expect, test } from 'vitest';
import { typedPort } from './portNumber.ts';

test.each(['3000', ' 3000', '3000 ', '\t3000\n', '03000'])('%o is port 3000', (text) => {
  expect(typedPort(text)).toEqual({ port: 3000 });
});

test.each([
  ['1', 1],
  ['65535', 65_535],
])('the smallest and the largest port: %s', (text, port) => {
  expect(typedPort(text)).toEqual({ port });
});

describe('what isn’t a port says what to enter', () => {
  test.each([
    ['', 'Enter a port number, such as 3000.'],
    ['  ', 'Enter a port number, such as 3000.'],
    ['0', 'Ports go from 1 to 65535.'],
    ['65536', 'Ports go from 1 to 65535.'],
    ['99999999999999999999', 'Ports go from 1 to 65535.'],
    ['web', 'Enter a number, such as 3000.'],
    ['-1', 'Enter a number, such as 3000.'],
    ['3000.5', 'Enter a number, such as 3000.'],
    ['3e3', 'Enter a number, such as 3000.'],
    ['3 000', 'Enter a number, such as 3000.'],
    ['localhost:99999', 'Enter a number, such as 3000.'],
  ])('%o', (text, problem) => {
    expect(typedPort(text)).toEqual({ problem });
  });
});

test.each([
  ':3000',
  'localhost:3000',
  '127.0.0.1:3000',
  'http://localhost:3000',
  'https://localhost:3000/path?q=1',
])('the port in %o is offered', (text) => {
  expect(typedPort(text)).toEqual({ problem: 'Enter the port’s number alone.', meant: 3000 });
});
