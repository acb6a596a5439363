import { describe, expect, test } from 'vitest';
import { DeviceCodeCreated, DeviceTokenCreated } from '../../contract/deviceCodes.ts';
import { body } from '../fixtures.ts';
import { createTestApp } from '../testing.ts';
import { readUserCode, shownUserCode } from './userCode.ts';

const MINUTE_MS = 60_000;
const FROM = '203.0.113.9';

async function world() {
  const host = await createTestApp();
  const team = await host.addTeam('Acme');
  await host.member('Grace', team.id, 'admin');
  const ada = await host.member('Ada', team.id);

  /** Asks as a program on another machine does: no cookie, no origin, an address of its own. */
  const ask = async (path: string, content: unknown, remoteAddress = FROM) =>
    await host.app.request(
      `http://localhost:8080/api/v1/${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) },
      { remoteAddress },
    );
  const newCode = async (clientName = 'culvert on ada-laptop') =>
    DeviceCodeCreated.parse(await body(await ask('device-codes', { clientName }), 201));
  const poll = async (deviceCode: string) => await ask('device-tokens', { deviceCode });
  const decide = async (userCode: string, decision: unknown, client = ada.client) =>
    await client.post(`/api/v1/device-codes/${userCode}/decision`, decision);
  const allow = async (userCode: string) => {
    await body(await decide(userCode, { decision: 'allow', team: team.id }), 204);
  };
  return { ...host, team, ada, ask, newCode, poll, decide, allow };
}

const codeOf = async (response: Response) => ({
  status: response.status,
  code: (await response.json()).code,
});

describe('a code', () => {
  test('is shown with the address to open, and lives for 15 minutes', async () => {
    const { newCode } = await world();
    const created = await newCode();
    expect(created.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(created).toMatchObject({
      deviceCode: expect.stringMatching(/^culv_device_/),
      verificationUri: 'http://localhost:8080/device',
      verificationUriComplete: `http://localhost:8080/device?code=${created.userCode}`,
      expiresIn: 900,
      interval: 5,
    });
  });

  test('says to whoever is signed in which machine asks, from where', async () => {
    const { newCode, ada } = await world();
    const { userCode } = await newCode();
    const request = await body(await ada.client.get(`/api/v1/device-codes/${userCode}`), 200);
    expect(request).toMatchObject({ userCode, clientName: 'culvert on ada-laptop', clientAddress: FROM });
  });

  test.each([
    ['in lower case and without its dash', (code: string) => code.toLowerCase().replace('-', '')],
    ['with spaces', (code: string) => ` ${code.replace('-', ' ')} `],
  ])('is found when typed %s', async (_how, typed) => {
    const { newCode, ada } = await world();
    const { userCode } = await newCode();
    const path = `/api/v1/device-codes/${encodeURIComponent(typed(userCode))}`;
    expect((await ada.client.get(path)).status).toBe(200);
  });

  test('is kept as a hash: what the machine polls with is nowhere in the database', async () => {
    const { newCode, db } = await world();
    const { deviceCode } = await newCode();
    expect(JSON.stringify(await db.selectFrom('device_code').selectAll().execute())).not.toContain(
      deviceCode,
    );
  });

  test('is nothing to whoever isn’t signed in, nor to an API token', async () => {
    const { newCode, anonymous, ada, team, withApiToken } = await world();
    const { userCode } = await newCode();
    const { token } = await (await ada.client.post(`${team.path}/api-tokens`, { name: 'CI' })).json();
    for (const [client, status] of [
      [anonymous, 401],
      [withApiToken(token), 403],
    ] as const) {
      expect((await client.get(`/api/v1/device-codes/${userCode}`)).status).toBe(status);
      const decision = { decision: 'allow', team: team.id };
      expect((await client.post(`/api/v1/device-codes/${userCode}/decision`, decision)).status).toBe(status);
    }
  });

  test('can’t be decided upon from another site', async () => {
    const { newCode, ada, team } = await world();
    const { userCode } = await newCode();
    const answer = await ada.client.post(
      `/api/v1/device-codes/${userCode}/decision`,
      { decision: 'allow', team: team.id },
      { headers: { origin: 'https://evil.example' } },
    );
    expect(await codeOf(answer)).toEqual({ status: 403, code: 'wrong_origin' });
  });
});

describe('the machine that polls', () => {
  test('gets an API token of the person and the team that were chosen, once', async () => {
    const { newCode, poll, allow, ada, team, withApiToken } = await world();
    const { userCode, deviceCode } = await newCode();
    expect(await codeOf(await poll(deviceCode))).toEqual({ status: 400, code: 'authorization_pending' });
    await allow(userCode);

    const created = DeviceTokenCreated.parse(await body(await poll(deviceCode), 200));
    expect(created).toMatchObject({ team: { id: team.id, name: 'Acme' }, user: { id: ada.id, name: 'Ada' } });
    expect(created.expiresAt).toBe('2027-02-19T08:00:00.000Z');
    const client = withApiToken(created.token);
    expect(await body(await client.get(`${team.path}/api-tokens`), 200)).toMatchObject({
      items: [{ name: 'culvert on ada-laptop', madeBy: 'device', owner: { id: ada.id } }],
    });
    expect(await body(await client.get(`${team.path}/activity`), 200)).toMatchObject({
      items: [
        {
          action: 'api-token.created',
          actor: { kind: 'user', id: ada.id },
          summary: 'Signed culvert on ada-laptop in by a code, for 90 days.',
        },
      ],
    });
    expect(await codeOf(await poll(deviceCode))).toEqual({ status: 400, code: 'expired_token' });
  });

  test('gets one token when it asks twice at once', async () => {
    const { newCode, poll, allow } = await world();
    const { userCode, deviceCode } = await newCode();
    await allow(userCode);
    const statuses = (await Promise.all([poll(deviceCode), poll(deviceCode)])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 400]);
  });

  test('is told to slow down when it asks more often than it was told, and not for being a little early', async () => {
    const { newCode, poll, clock } = await world();
    const { deviceCode } = await newCode();
    await poll(deviceCode);
    clock.advance(4500);
    expect(await codeOf(await poll(deviceCode))).toEqual({ status: 400, code: 'authorization_pending' });
    clock.advance(1000);
    expect(await codeOf(await poll(deviceCode))).toEqual({ status: 400, code: 'slow_down' });
  });

  test.each<[string, string, (w: Awaited<ReturnType<typeof world>>, userCode: string) => Promise<unknown>]>([
    ['it was refused', 'access_denied', (w, code) => w.decide(code, { decision: 'deny' })],
    ['nobody answered in time', 'expired_token', async (w) => w.clock.advance(15 * MINUTE_MS)],
    [
      'it was allowed, and not fetched in time',
      'expired_token',
      async (w, code) => {
        await w.allow(code);
        w.clock.advance(MINUTE_MS / 2);
      },
    ],
    [
      'it was allowed at its very end, and not fetched before that',
      'expired_token',
      async (w, code) => {
        w.clock.advance(15 * MINUTE_MS - 1000);
        await w.allow(code);
        w.clock.advance(1000);
      },
    ],
    [
      'whoever allowed it has signed out since',
      'expired_token',
      async (w, code) => {
        await w.allow(code);
        await body(await w.ada.client.delete('/api/v1/session'), 204);
      },
    ],
    [
      'whoever allowed it has signed out everywhere else since',
      'expired_token',
      async (w, code) => {
        const elsewhere = await w.signIn(w.ada.id);
        await w.allow(code);
        await body(await elsewhere.delete('/api/v1/sessions'), 204);
      },
    ],
    [
      'whoever allowed it has left the team since',
      'access_denied',
      async (w, code) => {
        await w.allow(code);
        await body(await w.ada.client.delete(`${w.team.path}/members/${w.ada.id}`), 204);
      },
    ],
  ])('gets nothing when %s', async (_why, code, happen) => {
    const w = await world();
    const { userCode, deviceCode } = await w.newCode();
    await happen(w, userCode);
    expect(await codeOf(await w.poll(deviceCode))).toEqual({ status: 400, code });
    expect(await w.db.selectFrom('token').selectAll().where('kind', '=', 'api').execute()).toEqual([]);
  });

  test('gets nothing for a code that was never given', async () => {
    const { poll } = await world();
    expect(await codeOf(await poll('culv_device_nonsense'))).toEqual({ status: 400, code: 'expired_token' });
  });
});

describe('a decision', () => {
  test('is made once: the second person finds no code', async () => {
    const { newCode, decide, allow, member, team } = await world();
    const { userCode } = await newCode();
    await allow(userCode);
    const bob = await member('Bob', team.id);
    const late = await decide(userCode, { decision: 'allow', team: team.id }, bob.client);
    expect(await codeOf(late)).toEqual({ status: 404, code: 'not_found' });
  });

  test('for a team that one isn’t in is refused at the team, and the code still waits', async () => {
    const { newCode, decide, allow, addTeam } = await world();
    const other = await addTeam('Other');
    const { userCode } = await newCode();
    const answer = await decide(userCode, { decision: 'allow', team: other.id });
    expect(await answer.json()).toMatchObject({ status: 422, errors: [{ path: 'team' }] });
    await allow(userCode);
  });
});

describe('limits', () => {
  test('codes that one address asks for become slow, those of another don’t', async () => {
    const { ask } = await world();
    const statusFrom = async (address: string) =>
      (await ask('device-codes', { clientName: 'x' }, address)).status;
    for (let n = 0; n < 30; n += 1) expect(await statusFrom(FROM)).toBe(201);
    expect(await statusFrom(FROM)).toBe(429);
    expect(await statusFrom('203.0.113.10')).toBe(201);
  });

  test('whoever guesses codes waits longer and longer, and honest looks cost nothing', async () => {
    const { newCode, ada } = await world();
    const { userCode } = await newCode();
    const look = async (code: string) => (await ada.client.get(`/api/v1/device-codes/${code}`)).status;
    for (let n = 0; n < 20; n += 1) expect(await look(userCode)).toBe(200);
    for (let n = 0; n < 10; n += 1) expect(await look('BBBB-BBBB')).toBe(404);
    expect(await look(userCode)).toBe(429);
  });

  test('codes that are over leave the database with the next one', async () => {
    const { newCode, clock, db } = await world();
    await newCode();
    clock.advance(15 * MINUTE_MS);
    const { userCode } = await newCode();
    const kept = await db.selectFrom('device_code').select('user_code').execute();
    expect(kept.map(({ user_code }) => shownUserCode(user_code))).toEqual([userCode]);
  });
});

test.each(['', 'BCDF', 'BCDF-GHJA', 'BCDF-GHJK-L', 'bcdf ghj1', '../../me'])('%j is no code', (typed) => {
  expect(readUserCode(typed)).toBeNull();
});
