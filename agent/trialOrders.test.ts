import { expect, test } from 'vitest';
import type { FromAgent } from '../contract/agentProtocol.ts';
import type { TrialResult } from './ipsec/trial/trials.ts';
import { exampleVpn } from './testing/exampleVpn.ts';
import { createTrialOrders } from './trialOrders.ts';

const up: TrialResult = {
  outcome: 'up',
  reached: 'esp',
  diagnosis: null,
  virtualIp: '10.200.0.1',
  ikeSuite: null,
  espSuite: null,
  remoteSubnets: [],
  tookMs: 400,
};

function begin() {
  const sent: FromAgent[] = [];
  const asked: { signal: AbortSignal; finish: (result: TrialResult) => void }[] = [];
  const orders = createTrialOrders({
    ipsec: {
      tryOut: (_vpn, { signal }) =>
        new Promise((resolve) => {
          asked.push({ signal, finish: resolve });
        }),
    },
    send: (message) => sent.push(message),
  });
  const run = (id: string) => orders.run({ type: 'try', id, vpn: exampleVpn(), timeoutMs: 20_000 });
  return { orders, run, sent, asked };
}

test('what came out of a trial is said under its id', async () => {
  const { run, sent, asked } = begin();
  run('try_1');
  expect(sent).toEqual([]);
  asked[0]?.finish(up);
  await expect.poll(() => sent).toEqual([{ type: 'tried', id: 'try_1', ...up }]);
});

test('the one that is named is stopped, and no other', () => {
  const { orders, run, asked } = begin();
  run('try_1');
  run('try_2');
  orders.stop('try_2');
  orders.stop('never begun');
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, true]);
});

test('a server that is gone stops all of them', () => {
  const { orders, run, asked } = begin();
  run('try_1');
  run('try_2');
  orders.disconnected();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
});
