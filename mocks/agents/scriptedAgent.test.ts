import { expect, test } from 'vitest';
import type { FromAgent, ToAgent } from '../../contract/agentProtocol.ts';
import { travellingClock } from '../world/clock.ts';
import { kernelIpsec } from './kernelIpsec.ts';
import { up } from './outcome.ts';
import { ScriptedAgent } from './scriptedAgent.ts';

/** An agent whose server does nothing but listen: what it was told, and a way to tell it something. */
function overheard() {
  const said: FromAgent[] = [];
  let tell: (message: ToAgent) => void = () => {};
  const agent = new ScriptedAgent({
    hello: {
      replica: { key: 'mock-replica-key', secret: 'mock-replica-secret-of-at-least-32' },
      hostname: 'host-1',
      platform: 'linux-x64',
      agentVersion: '0.1.0',
    },
    ipsec: kernelIpsec,
    clock: travellingClock(),
    dial: async (onMessage) => {
      tell = onMessage;
      return { receive: (message) => said.push(message), closed: () => {} };
    },
    outcome: () => up,
    virtualIp: () => '10.200.0.4',
    tryMs: () => 0,
  });
  return { agent, said, tell: (message: ToAgent) => tell(message) };
}

const welcome: ToAgent = {
  type: 'welcome',
  replica: { id: 'rep_1', name: 'api-1' },
  workspace: { id: 'ws_1', name: 'api' },
};

test('after its welcome it says what listens and what is declared', async () => {
  const { agent, said, tell } = overheard();
  agent.listen(3000, 'node');
  await agent.connect();
  tell(welcome);
  expect(said.slice(1)).toEqual([
    { type: 'ports', ports: [{ port: 3000, address: '0.0.0.0', process: 'node' }] },
    { type: 'declared-ports', ports: [], otherPorts: null, problem: null },
  ]);
});

test('no connection can be opened to it', async () => {
  const { agent, said, tell } = overheard();
  await agent.connect();
  tell({ type: 'open', stream: 'stream-1', port: 3000 });
  expect(said.at(-1)).toEqual({ type: 'stream-refused', stream: 'stream-1', code: 'unreachable' });
});

test('it has booted anew after a restart, and not after coming back', async () => {
  const { agent, said } = overheard();
  await agent.connect();
  agent.disconnect();
  await agent.connect();
  await agent.restart();
  const boots = said.flatMap((message) => (message.type === 'hello' ? [message.boot] : []));
  expect(boots[1]).toBe(boots[0]);
  expect(boots[2]).not.toBe(boots[0]);
});
