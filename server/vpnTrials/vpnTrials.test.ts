import { beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../node/testing/eventually.ts';
import type { FromAgent } from '../../contract/agentProtocol.ts';
import { page } from '../../contract/lists.ts';
import { TrialReplica, VpnTrial, type VpnTrialCreate } from '../../contract/vpnTrials.ts';
import { FakeAgent, incapable } from '../agents/fakeAgent.ts';
import { body, connect, createJoinToken, createVpn, createWorkspace, guideVpn } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let admin: TestClient;
let team: string;
let agent: FakeAgent;
let token: string;

const { preSharedKey, ...settings } = guideVpn;

beforeEach(async () => {
  host = await createTestApp();
  const { id, path } = await host.addTeam();
  team = path;
  admin = (await host.member('Ada', id, 'admin')).client;
  await createWorkspace(admin, team, 'api');
  token = (await createJoinToken(admin, team, 'api')).token;
  agent = await new FakeAgent(host.deps.hub).join(token);
});

const post = (change: Partial<VpnTrialCreate> = {}) =>
  admin.post(`${team}/vpn-trials`, {
    settings,
    vpn: null,
    preSharedKey,
    replica: agent.replica.id,
    ...change,
  });

/** Begins a trial; its order has reached the replica when this resolves. */
async function begin(change: Partial<VpnTrialCreate> = {}) {
  const before = agent.all('try').length;
  const answer = post(change);
  await eventually(() => expect(agent.all('try').length).toBe(before + 1));
  return { answer, order: agent.last('try') };
}

type Tried = Extract<FromAgent, { type: 'tried' }>;
const up = {
  type: 'tried',
  outcome: 'up',
  reached: 'esp',
  diagnosis: null,
  virtualIp: '10.200.0.1',
  ikeSuite: 'AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
  espSuite: 'AES_CBC-256/HMAC_SHA2_256_128',
  remoteSubnets: ['10.250.0.0/24'],
  tookMs: 640,
} as const;
const failed = (reached: Tried['reached'], code: string): Omit<Tried, 'id'> => ({
  ...up,
  outcome: 'failed',
  reached,
  diagnosis: { code, parts: {}, log: ['proof'] },
  virtualIp: null,
  ikeSuite: null,
  espSuite: null,
  remoteSubnets: [],
});

const states = ({ phases }: VpnTrial) => phases.map(({ state }) => state);

const activity = async () =>
  JSON.stringify(await body(await admin.get(`${team}/activity`), 200)).match(/Tested settings[^"]*/)?.[0];

test('a replica tries the settings under an identity of its own, and says how far it came', async () => {
  const { answer, order } = await begin();
  expect(order).toMatchObject({
    timeoutMs: 20_000,
    vpn: { preSharedKey, peerIp: '1.2.3.4', peerId: '1.2.3.4', peerSubnets: ['10.250.0.0/24'] },
  });
  expect(order.vpn.localId).toMatch(/^api-1\..*\.culvert-test$/);
  await agent.say({ ...up, id: order.id, remoteSubnets: [...up.remoteSubnets] });
  const trial = VpnTrial.parse(await body(await answer, 200));
  expect(trial).toMatchObject({
    replica: { name: 'api-1' },
    workspace: { name: 'api' },
    outcome: 'up',
    virtualIp: '10.200.0.1',
    tookMs: 640,
  });
  expect(new Set(states(trial))).toEqual(new Set(['passed']));
  expect(await activity()).toBe(
    'Tested settings for a new VPN to the gateway 1.2.3.4 with the replica api-1: a tunnel would come up.',
  );
});

describe('the phases', () => {
  const cases: [string, Omit<Tried, 'id'>, string[]][] = [
    ['no answer', failed(null, 'gateway_unreachable'), ['failed', '-', '-', '-', '-']],
    ['IKE suites differ', failed('answer', 'ike_suite_refused'), ['passed', 'failed', '-', '-', '-']],
    ['keys differ', failed('ike', 'psk_differs_v1'), ['passed', 'passed', 'failed', '-', '-']],
    ['no pool', failed('authentication', 'no_address_pool'), ['passed', 'passed', 'passed', 'failed', '-']],
    [
      'ESP differs',
      failed('address', 'esp_suite_refused'),
      ['passed', 'passed', 'passed', 'passed', 'failed'],
    ],
    ['charon refuses', failed(null, 'config_refused'), ['-', '-', '-', '-', '-']],
    ['no IPsec', { ...failed(null, 'unsupported'), outcome: 'unsupported' }, ['-', '-', '-', '-', '-']],
    [
      'up without a virtual IP',
      { ...up, remoteSubnets: [], virtualIp: null, diagnosis: { code: 'no_virtual_ip', parts: {}, log: [] } },
      ['passed', 'passed', 'passed', 'failed', 'passed'],
    ],
  ];
  test.each(cases)('%s', async (_name, tried, expected) => {
    const { answer, order } = await begin();
    await agent.say({ ...tried, id: order.id });
    const trial = VpnTrial.parse(await body(await answer, 200));
    expect(states(trial)).toEqual(expected.map((state) => (state === '-' ? 'not-reached' : state)));
    expect(trial.outcome).toBe(tried.outcome === 'up' ? 'up' : 'failed');
    expect(trial.diagnosis).toMatchObject({ code: tried.diagnosis?.code });
  });

  test('a failure is explained as a tunnel’s is', async () => {
    const { answer, order } = await begin();
    await agent.say({ ...failed('ike', 'psk_differs_v1'), id: order.id });
    expect(await body(await answer, 200)).toMatchObject({
      diagnosis: { title: 'The pre-shared key doesn’t match the gateway’s', log: ['proof'] },
    });
    expect(await activity()).toContain('failed, Pre-shared key differs.');
  });
});

describe('the saved key', () => {
  test('is used with the gateway that it was saved for', async () => {
    const { id } = await createVpn(admin, team);
    const { answer, order } = await begin({ vpn: id, preSharedKey: null });
    expect(order.vpn.preSharedKey).toBe(preSharedKey);
    await agent.say({ ...up, id: order.id, remoteSubnets: [] });
    await body(await answer, 200);
    expect(await activity()).toContain('for the VPN Company data center');
  });

  test.each([
    ['another peer IP', { peerIp: '1.2.3.5' }],
    ['another peer ID', { peerId: 'gw.example.com' }],
  ])('isn’t shown to %s', async (_name, change) => {
    const { id } = await createVpn(admin, team);
    const refused = post({ vpn: id, preSharedKey: null, settings: { ...settings, ...change } });
    expect(await body(await refused, 422)).toMatchObject({
      errors: [
        {
          path: 'preSharedKey',
          code: 'psk_of_another_gateway',
          message: expect.stringContaining('1.2.3.4'),
        },
      ],
    });
    expect(agent.all('try')).toEqual([]);
  });

  test('a new VPN has none', async () => {
    expect(await body(await post({ preSharedKey: null }), 422)).toMatchObject({
      errors: [{ path: 'preSharedKey', code: 'psk_required' }],
    });
  });
});

describe('what is refused', () => {
  test('settings that couldn’t be saved, by the form’s fields; the name doesn’t matter', async () => {
    const wrong = { ...settings, name: '', peerIp: '127.0.0.1', peerSubnets: ['0.0.0.0/0'] };
    const { errors } = Object(await body(await post({ settings: wrong, preSharedKey: '' }), 422));
    expect(errors.map(({ path }: { path: string }) => path)).toEqual([
      'preSharedKey',
      'settings.peerIp',
      'settings.peerSubnets.0',
    ]);
    expect(agent.all('try')).toEqual([]);
  });

  test('a replica of another team', async () => {
    const other = await host.addTeam('Other');
    const stranger = (await host.member('Eve', other.id, 'admin')).client;
    const answer = stranger.post(`${other.path}/vpn-trials`, {
      settings,
      vpn: null,
      preSharedKey,
      replica: agent.replica.id,
    });
    expect(await body(await answer, 404)).toMatchObject({ code: 'not_found' });
  });

  const codeOf = async (answer: Response | Promise<Response>) =>
    Object(await body(await answer, 409)).code as unknown;

  test('a replica that is offline, or goes while it tries', async () => {
    const { id } = agent.replica;
    const { answer } = await begin();
    await agent.hangUp();
    expect(await codeOf(answer)).toBe('replica_offline');
    expect(await activity()).toContain('with the replica api-1: it went offline before it said how it went.');
    await host.db.deleteFrom('activity').execute();
    expect(await codeOf(post({ replica: id }))).toBe('replica_offline');
    expect(await activity()).toBeUndefined();
  });

  test('a replica that tries something else, by this server’s word or its own', async () => {
    const { answer, order } = await begin();
    expect(await codeOf(post())).toBe('trial_running');
    await agent.say({ ...failed(null, 'unknown'), id: order.id, outcome: 'busy', diagnosis: null });
    expect(await codeOf(answer)).toBe('trial_running');
  });

  test('an agent that knows no trials', async () => {
    const old = await new FakeAgent(host.deps.hub, 'old').join(token, { abilities: [] });
    const answer = await post({ replica: old.replica.id });
    expect(await body(answer, 409)).toMatchObject({
      code: 'agent_outdated',
      title: expect.stringContaining('api-2 is too old'),
    });
    expect(old.all('try')).toEqual([]);
  });

  test('a replica that stays silent', async () => {
    const { answer, order } = await begin();
    host.clock.advance(24_000);
    expect(await codeOf(answer)).toBe('replica_silent');
    expect(agent.last('stop-trying').id).toBe(order.id);
    expect(await activity()).toContain('with the replica api-1: it didn’t say in time how it went.');
  });
});

test('a request that is given up stops the trial, and the next can begin', async () => {
  const stop = new AbortController();
  const request = new Request(`http://localhost:8080${team}/vpn-trials`, {
    method: 'POST',
    headers: { ...admin.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ settings, vpn: null, preSharedKey, replica: agent.replica.id }),
    signal: stop.signal,
  });
  const answer = host.app.request(request);
  await eventually(() => expect(agent.all('try')).toHaveLength(1));
  stop.abort();
  await body(await answer, 409);
  expect(agent.last('stop-trying').id).toBe(agent.last('try').id);
  expect(await activity()).toContain('stopped before it was certain');
  const { answer: next, order } = await begin();
  await agent.say({ ...up, id: order.id, remoteSubnets: [] });
  await body(await next, 200);
});

describe('the replicas to choose from', () => {
  const list = async (query = '') =>
    page(TrialReplica)
      .parse(await body(await admin.get(`${team}/vpn-trials/replicas${query}`), 200))
      .items.map(({ replica, connected, blocked }) => [replica.name, connected, blocked?.code ?? null]);

  test('those of connected workspaces come first, then those that could, then those that can’t', async () => {
    const vpn = await createVpn(admin, team);
    await createWorkspace(admin, team, 'web');
    await connect(admin, team, vpn.id, 'web');
    const web = (await createJoinToken(admin, team, 'web')).token;
    await new FakeAgent(host.deps.hub, 'two').join(web);
    await new FakeAgent(host.deps.hub, 'three').join(web, { ipsec: incapable });
    await (await new FakeAgent(host.deps.hub, 'four').join(token)).hangUp();
    expect(await list(`?vpn=${vpn.id}`)).toEqual([
      ['web-1', true, null],
      ['api-1', false, null],
      ['web-2', true, 'no_tun'],
      ['api-2', false, 'offline'],
    ]);
    expect(await list()).toEqual([
      ['api-1', false, null],
      ['web-1', false, null],
      ['api-2', false, 'offline'],
      ['web-2', false, 'no_tun'],
    ]);
    expect(await list('?search=web')).toEqual([
      ['web-1', false, null],
      ['web-2', false, 'no_tun'],
    ]);
  });

  test('come page by page', async () => {
    for (const name of ['two', 'three']) await new FakeAgent(host.deps.hub, name).join(token);
    const names: string[] = [];
    let cursor = '';
    do {
      const answer = await body(await admin.get(`${team}/vpn-trials/replicas?limit=1${cursor}`), 200);
      const { items, nextCursor } = page(TrialReplica).parse(answer);
      names.push(...items.map(({ replica }) => replica.name));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(names).toEqual(['api-1', 'api-2', 'api-3']);
  });
});
