import { expect, test } from 'vitest';
import type { SharedPort } from '../../contract/ports.ts';
import { endWords } from './endWords.ts';

const ada = { id: 'user_ada', name: 'Ada Brandt' };
const mei = { id: 'user_mei', name: 'Mei Tanaka' };

const shared = (port: number, owner = mei): SharedPort => ({
  workspace: { id: 'ws_1', name: 'billing-api' },
  owner,
  port,
  label: null,
  protocol: 'http',
  visibility: 'public',
  url: 'http://k3f9q2abcd.localhost:8080',
  status: 'listening',
  sharedBy: owner,
  sharedAt: '2026-11-21T08:00:00.000Z',
  revision: 1,
});

test('making somebody else’s port private says who is left, and who alone can share it again', () => {
  const words = endWords({ act: 'private', ports: [shared(3000)] }, ada.id);
  expect(words.title).toBe('Make port 3000 of billing-api private?');
  expect(words.text).toBe(
    'Only the workspace’s owner, Mei Tanaka, can reach it then. Everybody else who is connected now is cut off at once.',
  );
  expect(words.note).toBe('Only the owner can share it again.');
  expect(words.done).toBe('Port 3000 of billing-api is private again.');
});

test('one’s own port can be shared again, so nothing is said of that', () => {
  const words = endWords({ act: 'private', ports: [shared(3000, ada)] }, ada.id);
  expect(words.note).toBeUndefined();
  expect(words.text).toContain('Only the workspace’s owner can reach it then.');
});

test('several ports are counted', () => {
  const words = endWords({ act: 'stop', ports: [shared(3000), shared(8080, ada)] }, ada.id);
  expect(words.title).toBe('Stop forwarding 2 ports?');
  expect(words.text).toBe(
    'They can’t be reached by anybody any more, and whoever is connected now is cut off at once. The addresses come back when forwarding starts again.',
  );
  expect(words.note).toBe('Only the owners can share them again.');
  expect(words.done).toBe('2 ports are no longer forwarded.');
});

test('one port that stops is named', () => {
  const words = endWords({ act: 'stop', ports: [shared(3000)] }, ada.id);
  expect(words.title).toBe('Stop forwarding port 3000 of billing-api?');
  expect(words.text).toMatch(/^It can’t be reached by anybody any more/);
  expect(words.done).toBe('Port 3000 of billing-api is no longer forwarded.');
});
