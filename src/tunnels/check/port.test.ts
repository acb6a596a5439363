import { expect, test } from 'vitest';
import { portRefusal, toPort } from './port.ts';

test.each([
  ['', null, true],
  [' 5432 ', 5432, true],
  ['0', 0, 'Ports go from 1 to 65535.'],
  ['65536', 65_536, 'Ports go from 1 to 65535.'],
  ['http', Number.NaN, 'Enter a port number.'],
  ['5432,80', Number.NaN, 'Enter a port number.'],
])('“%s”', (text, port, verdict) => {
  expect(toPort(text)).toEqual(port);
  expect(portRefusal(text)).toBe(verdict);
});
