import { describe, expect, test } from 'vitest';
import { ToAgent } from '../contract/agentProtocol.ts';
import { readMessage } from './messages.ts';
import { exampleVpn } from './testing/exampleVpn.ts';

const examples: { readonly [Type in ToAgent['type']]: Extract<ToAgent, { type: Type }> } = {
  welcome: {
    type: 'welcome',
    replica: { id: 'rep_1', name: 'dev-1' },
    workspace: { id: 'ws_1', name: 'dev' },
  },
  desired: {
    type: 'desired',
    vpns: [exampleVpn(), exampleVpn({ id: 'vpn_2' })],
    changes: [
      {
        vpnId: 'vpn_1',
        previous: exampleVpn(),
        limitMs: 60_000,
        check: { address: '10.250.0.5', port: null },
      },
    ],
  },
  try: { type: 'try', id: 'try_1', vpn: exampleVpn(), timeoutMs: 20_000 },
  'stop-trying': { type: 'stop-trying', id: 'try_1' },
  verify: { type: 'verify', id: 'ver_1', vpnId: 'vpn_1', address: '10.250.0.5', port: 80, timeoutMs: 3_000 },
  retry: { type: 'retry', vpnId: 'vpn_1' },
  open: { type: 'open', stream: 'x'.repeat(43), port: 3000 },
  token: { type: 'token', tokenId: 'tok_2', token: 'culv_join_x' },
};

test.each(Object.values(examples))('$type is read whole', (message) => {
  expect(readMessage(JSON.stringify(message))).toEqual({ kind: 'message', value: message });
});

const strange = [null, '', 'x', 0, 1, 2, 3, 1.5, -1, 2 ** 53, true, [], ['x'], [null], {}, { length: 1 }];

/** Every version of `value` in which one part, at any depth, is missing or something strange. */
function* damaged(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    const members = Object.entries(value);
    const withMember = (replaced: unknown): unknown => {
      const changed = members.map(([other, member]) => [other, other === name ? replaced : member] as const);
      return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
    };
    if (!Array.isArray(value)) yield Object.fromEntries(members.filter(([other]) => other !== name));
    for (const replacement of strange) yield withMember(replacement);
    const member: unknown = Reflect.get(value, name);
    for (const part of damaged(member)) yield withMember(part);
  }
}

describe('agrees with the contract about every damaged message', () => {
  test.each(Object.values(examples))('$type', (message) => {
    let [accepted, refused] = [0, 0];
    for (const version of damaged(message)) {
      const agreed = ToAgent.safeParse(version).success;
      const read = readMessage(JSON.stringify(version));
      expect({ version, accepted: read.kind === 'message' }).toEqual({ version, accepted: agreed });
      if (agreed) accepted += 1;
      else refused += 1;
    }
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(20);
  });
});

test.each([
  ['', 'not JSON'],
  ['[1]', 'no type'],
  ['null', 'no type'],
  ['{"type":7}', 'no type'],
  ['{"type":"token","tokenId":"tok_1"}', 'not a token message'],
])('%j is refused: %s', (line, problem) => {
  expect(readMessage(line)).toEqual({ kind: 'invalid', problem });
});

test('a refusal says nothing of what stood there', () => {
  const line = JSON.stringify({
    type: 'desired',
    vpns: [{ ...exampleVpn(), preSharedKey: ['secret value'] }],
  });
  expect(readMessage(line)).toEqual({ kind: 'invalid', problem: 'not a desired message' });
});

test.each(['ports', 'toString', '__proto__'])('a newer server’s message “%s” is passed over', (type) => {
  expect(readMessage(`{"type":"${type}"}`)).toEqual({ kind: 'unknown' });
});
