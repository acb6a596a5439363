import { beforeEach, expect, test } from 'vitest';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body } from '../fixtures.ts';
import { previewTeam, type PreviewTeam } from './testing/team.ts';

let given: PreviewTeam;
let path: string;
let joinToken: string;

beforeEach(async () => {
  given = await previewTeam();
  const up = await given.up(given.olgasToken);
  path = `${given.previews}/${up.preview.id}/checks`;
  ({ joinToken } = up);
});

const join = async (name: string) => await new FakeAgent(given.host.deps.hub, name).join(joinToken);

/** The check under way, once each of the replicas has been asked. */
async function asked(agents: FakeAgent[], check: { address: string; port?: number }) {
  const answer = given.olgasToken.post(path, check);
  await expect.poll(() => agents.every((agent) => agent.all('verify').length > 0)).toBe(true);
  return answer;
}

const answerWith = async (agent: FakeAgent, state: 'succeeded' | 'failed') => {
  await agent.say({
    type: 'verified',
    id: agent.last('verify').id,
    state,
    code: state === 'failed' ? 'timeout' : null,
    message: state === 'failed' ? 'Nothing answered.' : 'Answered.',
    roundTripMs: state === 'failed' ? null : 12.5,
  });
};

test('each replica is asked for the address and port, and all have to answer', async () => {
  const agents = [await join('one'), await join('two')];
  const [one, two] = agents;
  const check = asked(agents, { address: '10.250.0.5', port: 5432 });
  await expect.poll(() => agents.every((agent) => agent.all('verify').length > 0)).toBe(true);
  expect(one?.last('verify')).toMatchObject({ vpnId: given.vpn.id, address: '10.250.0.5', port: 5432 });
  if (one) await answerWith(one, 'succeeded');
  if (two) await answerWith(two, 'failed');
  expect(await body(await check, 200)).toEqual({
    answered: false,
    results: [
      { replica: 'app-12-1', answered: true, message: 'Answered.', roundTripMs: 12.5 },
      { replica: 'app-12-2', answered: false, message: 'Nothing answered.', roundTripMs: null },
    ],
  });
});

test('one that is away isn’t asked', async () => {
  const one = await join('one');
  await (await join('two')).hangUp();
  const check = asked([one], { address: '10.250.0.5' });
  await expect.poll(() => one.all('verify').length).toBe(1);
  await answerWith(one, 'succeeded');
  expect(await body(await check, 200)).toMatchObject({ answered: true, results: [{ replica: 'app-12-1' }] });
});

test('a replica that stays silent hasn’t answered after twelve seconds', async () => {
  const one = await join('one');
  const check = asked([one], { address: '10.250.0.5' });
  await expect.poll(() => one.all('verify').length).toBe(1);
  given.host.clock.advance(12_000);
  expect(await body(await check, 200)).toMatchObject({
    answered: false,
    results: [{ message: 'The replica didn’t answer in time.' }],
  });
});

test('without a replica nothing has answered', async () => {
  expect(await body(await given.olgasToken.post(path, { address: '10.250.0.5' }), 200)).toEqual({
    answered: false,
    results: [],
  });
});

test('an address outside the VPN is refused, and so is a check of somebody else’s or of one that is gone', async () => {
  expect(await body(await given.olgasToken.post(path, { address: '10.9.0.1' }), 422)).toMatchObject({
    errors: [{ path: 'address', code: 'address_outside' }],
  });
  const hanna = await given.host.member('Hanna', given.teamId);
  await body(await hanna.client.post(path, { address: '10.250.0.5' }), 403);
  await given.down(given.olgasToken);
  expect(await body(await given.olgasToken.post(path, { address: '10.250.0.5' }), 409)).toMatchObject({
    code: 'preview_removed',
  });
});

test('where the VPN was deleted it says so', async () => {
  await body(await given.ada.client.delete(`${given.team}/vpns/${given.vpn.id}`), 204);
  expect(await body(await given.olgasToken.post(path, { address: '10.250.0.5' }), 409)).toMatchObject({
    code: 'vpn_deleted',
  });
});
