import { expect, test } from 'vitest';
import { hiddenCount, shownPorts, withPort } from './portList.ts';
import { testPort } from './testPort.ts';

const list = {
  items: [testPort({ port: 3000 }), testPort({ port: 8080 })],
  complete: true,
  declarationProblem: null,
};
const numbers = (ports: readonly { port: number }[]) => ports.map(({ port }) => port);

test('a new port takes its place by number, not by text', () => {
  expect(numbers(withPort(list, testPort({ port: 10_000 })).items)).toEqual([3000, 8080, 10_000]);
  expect(numbers(withPort(list, testPort({ port: 443 })).items)).toEqual([443, 3000, 8080]);
});

test('a port that is there already is replaced', () => {
  const changed = withPort(list, testPort({ port: 3000, visibility: 'public' }));
  expect(changed.items.map(({ visibility }) => visibility)).toEqual(['public', 'private']);
});

test('ports on the ignore list are counted, and shown when asked for', () => {
  const ports = [testPort({ port: 22, ignored: 'SSH', forwarded: false }), testPort({ port: 3000 })];
  expect(hiddenCount(ports)).toBe(1);
  expect(numbers(shownPorts(ports, false))).toEqual([3000]);
  expect(numbers(shownPorts(ports, true))).toEqual([22, 3000]);
});
