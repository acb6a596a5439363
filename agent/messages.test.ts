import { expect, test } from 'vitest';
import { readMessage } from './messages.ts';
import { exampleVpn } from './testing/exampleVpn.ts';

test('a desired state is read whole', () => {
  const vpns = [exampleVpn()];
  expect(readMessage(JSON.stringify({ type: 'desired', vpns }))).toEqual({
    kind: 'message',
    value: { type: 'desired', vpns },
  });
});

test.each([
  ['', 'not JSON'],
  ['[1]', 'no type'],
  ['null', 'no type'],
  ['{"type":7}', 'no type'],
  ['{"type":"token","tokenId":"tok_1"}', 'token: token'],
])('%j is refused: %s', (text, problem) => {
  expect(readMessage(text)).toEqual({ kind: 'invalid', problem });
});

test('what is wrong is named by its place, without its value', () => {
  const text = JSON.stringify({
    type: 'desired',
    vpns: [{ ...exampleVpn(), preSharedKey: ['secret value'] }],
  });
  expect(readMessage(text)).toEqual({ kind: 'invalid', problem: 'desired: vpns.0.preSharedKey' });
});

test('a newer server’s message is passed over', () => {
  expect(readMessage('{"type":"ports","ports":[]}')).toEqual({ kind: 'unknown' });
});
