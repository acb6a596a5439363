import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChangingAgent, NEW, of, REFUSED, tried, versions } from './changingAgent.testing.ts';

let agent: ChangingAgent;
beforeEach(async () => {
  agent = await ChangingAgent.start();
});
afterEach(() => agent.close());

test('what doesn’t come up beside the tunnel takes its place all the same', async () => {
  await agent.up(2);
  agent.charon.outcome = (connection) => (connection === NEW ? REFUSED : null);
  agent.apply(tried(2));
  await agent.eventually(() => agent.report?.state === 'up' && agent.report?.appliedRevision === 2);
  expect(agent.charon.state).toMatchObject({ loaded: ['vpn_guide'], up: ['vpn_guide net'] });
  expect(agent.charon.told.indexOf('terminate vpn_guide')).toBeGreaterThan(
    agent.charon.told.indexOf(`initiate ${NEW} net`),
  );
});

test.each(versions)('IKEv%i: another subnet gets a CHILD_SA, and nothing ends', async (version) => {
  await agent.up(version);
  agent.apply(of(version, { revision: 2, peerSubnets: ['10.250.0.0/24', '10.251.0.0/24'] }));
  await agent.eventually(() => agent.report?.appliedRevision === 2);
  expect(agent.charon.told).toEqual([
    'load-shared vpn_guide',
    'load-conn vpn_guide',
    'initiate vpn_guide net1',
  ]);
});

test('another ESP suite gets a CHILD_SA, then the old one ends', async () => {
  await agent.up(2);
  agent.apply(of(2, { revision: 2, esp: { lifetimeSeconds: 300, proposals: ['aes128-sha256'] } }));
  await agent.eventually(() => agent.report?.appliedRevision === 2 && agent.charon.state.up.length === 1);
  expect(agent.charon.state.up).toEqual(['vpn_guide net1']);
  expect(agent.charon.told.at(-1)).toBe('terminate vpn_guide net');
});

test('settings that changed while the agent was away come up beside what it left', async () => {
  await agent.up(2);
  await agent.stop();
  await agent.start();
  agent.apply(tried(2));
  await agent.eventually(() => agent.report?.appliedRevision === 2 && agent.charon.state.loaded.length === 1);
  expect(agent.charon.state.up).toEqual([`${NEW} net`]);
  expect(new Set(agent.states)).not.toContain('failed');
});
