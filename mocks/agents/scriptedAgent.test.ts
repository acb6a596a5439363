import { expect, test } from 'vitest';
import type { DesiredVpn, FromAgent, ToAgent } from '../../contract/agentProtocol.ts';
import { travellingClock } from '../world/clock.ts';
import { kernelIpsec } from './kernelIpsec.ts';
import { type ChangeOutcome, up } from './outcome.ts';
import { ScriptedAgent } from './scriptedAgent.ts';

const welcome: ToAgent = {
  type: 'welcome',
  replica: { id: 'rep_1', name: 'api-1' },
  workspace: { id: 'ws_1', name: 'api' },
};

/** An agent whose server welcomes it and then does nothing but listen: what it was told, and a way to tell it something. */
function overheard(changeOutcome: ChangeOutcome = 'kept') {
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
      const receive = (message: FromAgent) => {
        said.push(message);
        if (message.type === 'hello') onMessage(welcome);
      };
      return { receive, closed: () => {} };
    },
    outcome: () => up,
    changeOutcome: () => changeOutcome,
    virtualIp: () => '10.200.0.4',
    tryMs: () => 0,
  });
  return { agent, said, tell: (message: ToAgent) => tell(message) };
}

test('after its welcome it says what listens and what is declared', async () => {
  const { agent, said } = overheard();
  agent.listen({ 3000: 'node' });
  await agent.connect();
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

const vpn: DesiredVpn = {
  id: 'vpn_1',
  name: 'Office',
  revision: 1,
  ike: { version: 2, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  esp: { lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
  preSharedKey: 'a key of the mock',
  peerIp: '1.2.3.4',
  peerId: '1.2.3.4',
  localId: 'host-1',
  peerSubnets: ['10.250.0.0/24'],
  udpEncapsulation: true,
  dpdDelaySeconds: 30,
};
const changed: DesiredVpn = { ...vpn, revision: 2, esp: { ...vpn.esp, lifetimeSeconds: 7200 } };
const tryItOut: ToAgent = {
  type: 'desired',
  vpns: [changed],
  changes: [{ vpnId: vpn.id, previous: vpn, limitMs: 60_000, check: null }],
};
const tunnelsOf = (said: FromAgent[]) =>
  said.flatMap((message) => (message.type === 'tunnels' ? message.tunnels : []));

test('a change that is tried out and kept is there without the tunnel having been down', async () => {
  const { agent, said, tell } = overheard();
  await agent.connect();
  tell({ type: 'desired', vpns: [vpn] });
  tell(tryItOut);
  const tunnels = tunnelsOf(said);
  expect(tunnels.every(({ state }) => state === 'up')).toBe(true);
  expect(tunnels.at(-1)).toMatchObject({ appliedRevision: 2, change: { revision: 2, state: 'kept' } });
});

test('a change that goes back leaves the tunnel as it was, and is not tried twice', async () => {
  const { agent, said, tell } = overheard({ wentBack: 'no-answer', diagnosis: null });
  await agent.connect();
  tell({ type: 'desired', vpns: [vpn] });
  tell(tryItOut);
  tell(tryItOut);
  const reports = tunnelsOf(said);
  expect(reports.at(-1)).toMatchObject({
    state: 'up',
    appliedRevision: 1,
    change: { revision: 2, state: 'went-back', reason: 'no-answer' },
  });
  expect(reports.filter(({ change }) => change?.state === 'trying')).toHaveLength(1);
});

test('the same settings under another revision restart nothing', async () => {
  const { agent, said, tell } = overheard();
  await agent.connect();
  tell({ type: 'desired', vpns: [vpn] });
  const { since } = tunnelsOf(said).at(-1) ?? {};
  tell({ type: 'desired', vpns: [{ ...vpn, revision: 3 }] });
  expect(tunnelsOf(said).at(-1)).toMatchObject({ appliedRevision: 3, since });
});
