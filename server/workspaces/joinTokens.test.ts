import { beforeEach, describe, expect, test } from 'vitest';
import { page } from '../../contract/lists.ts';
import { JoinToken, JoinTokenCreated, Replica } from '../../contract/workspaces.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { createAgentHub } from '../agents/hub.ts';
import { body, createJoinToken, createWorkspace } from '../fixtures.ts';
import { createTestApp, type TestApp, type TestClient } from '../testing.ts';

let host: TestApp;
let owner: TestClient;
let team: string;
let workspace: { id: string };
let created: JoinTokenCreated;

beforeEach(async () => {
  host = await createTestApp();
  const { id, path } = await host.addTeam();
  team = path;
  owner = (await host.member('Olga', id)).client;
  workspace = await createWorkspace(owner, team, 'api');
  created = await createJoinToken(owner, team, workspace.id);
});

const newAgent = (name = 'one') => new FakeAgent(host.deps.hub, name);
const replicas = async () =>
  page(Replica).parse(await body(await owner.get(`${team}/workspaces/${workspace.id}/replicas`), 200)).items;
const joinTokens = async () =>
  page(JoinToken).parse(await body(await owner.get(`${team}/workspaces/${workspace.id}/join-tokens`), 200))
    .items;
const rotate = async (id: string) =>
  JoinTokenCreated.parse(await body(await owner.post(`${team}/join-tokens/${id}/rotate`), 201));
const revoke = async (id: string) => await body(await owner.delete(`${team}/join-tokens/${id}`), 204);

test('a token is shown once, with the command to paste, and listed without it', async () => {
  expect(created.token).toMatch(/^culv_join_[A-Za-z0-9_-]{43}$/);
  expect(created.command).toContain(created.token);
  expect(created.joinToken).toMatchObject({ name: 'Join command', createdBy: { name: 'Olga' }, replicas: 0 });
  await newAgent().join(created.token);
  const listed = await joinTokens();
  expect(listed).toMatchObject([{ id: created.joinToken.id, replicas: 1 }]);
  expect(listed[0]?.lastUsedAt).not.toBeNull();
  expect(JSON.stringify(await host.db.selectFrom('token').selectAll().execute())).not.toContain(
    created.token,
  );
});

describe('revoking', () => {
  test('ends the connections that hold the token at once, and refuses it from then on', async () => {
    const agent = await newAgent().join(created.token);
    await revoke(created.joinToken.id);
    expect(agent.closedWith?.code).toBe(4401);
    await expect(newAgent().join(created.token)).rejects.toThrow('token_revoked');
    expect(await joinTokens()).toEqual([]);
    expect(await replicas()).toMatchObject([{ joinToken: null }]);
  });

  test('reaches a connection that hasn’t said hello yet', async () => {
    const agent = await newAgent().dial(created.token);
    await revoke(created.joinToken.id);
    expect(agent.closedWith?.code).toBe(4401);
  });

  test('leaves replicas alone that hold another token', async () => {
    const other = await createJoinToken(owner, team, workspace.id);
    const agent = await newAgent('two').join(other.token);
    await revoke(created.joinToken.id);
    expect(agent.closedWith).toBeNull();
  });

  test('is done once', async () => {
    await revoke(created.joinToken.id);
    await body(await owner.delete(`${team}/join-tokens/${created.joinToken.id}`), 404);
  });
});

describe('rotating', () => {
  test('gives connected replicas the new token; the old one is revoked when the last has stored it', async () => {
    const one = await newAgent('one').join(created.token);
    const two = await newAgent('two').join(created.token);
    const next = await rotate(created.joinToken.id);
    expect(one.last('token')).toEqual({ type: 'token', tokenId: next.joinToken.id, token: next.token });
    expect(next.joinToken).toMatchObject({ name: 'Join command', replicas: 2 });
    expect(await joinTokens()).toMatchObject([{ id: next.joinToken.id }]);

    await one.say({ type: 'token-stored', tokenId: next.joinToken.id });
    expect((await host.deps.hub.authenticate(created.token)).ok).toBe(true);
    await two.say({ type: 'token-stored', tokenId: next.joinToken.id });
    expect(await host.deps.hub.authenticate(created.token)).toEqual({ ok: false, problem: 'token_revoked' });
    expect([one.closedWith, two.closedWith]).toEqual([null, null]);
    expect((await replicas()).map(({ joinToken }) => joinToken?.id)).toEqual([
      next.joinToken.id,
      next.joinToken.id,
    ]);
    expect((await joinTokens()).map((token) => token.replicas)).toEqual([2]);
  });

  test('shuts out everybody else at once, also while replicas haven’t stored the new token yet', async () => {
    await newAgent('one').join(created.token);
    await rotate(created.joinToken.id);
    const stranger = await newAgent('stranger').join(created.token);
    expect(stranger.closedWith?.code).toBe(4401);
    expect(await replicas()).toHaveLength(1);
  });

  test('a token that nobody holds is revoked at once', async () => {
    await rotate(created.joinToken.id);
    expect(await host.deps.hub.authenticate(created.token)).toEqual({ ok: false, problem: 'token_revoked' });
  });

  test('a replica that was away is given the new token when it comes back, also by a restarted server', async () => {
    const agent = await newAgent('one').join(created.token);
    await agent.hangUp();
    const next = await rotate(created.joinToken.id);
    const hub = createAgentHub({ ...host.deps });
    await hub.start();
    const back = await new FakeAgent(hub, 'one').join(created.token);
    expect(back.closedWith).toBeNull();
    expect(back.last('token').token).toBe(next.token);
    await back.say({ type: 'token-stored', tokenId: next.joinToken.id });
    const rows = await host.db
      .selectFrom('token')
      .select(['sealed', 'revoked_at'])
      .where('kind', '=', 'join')
      .execute();
    expect(rows.map((row) => [row.sealed === null, row.revoked_at === null])).toEqual(
      expect.arrayContaining([
        [true, false],
        [true, true],
      ]),
    );
  });

  test('one that dials with the new token before it could confirm counts as having stored it', async () => {
    const agent = await newAgent('one').join(created.token);
    const next = await rotate(created.joinToken.id);
    await agent.hangUp();
    await agent.join(next.token);
    expect(await host.deps.hub.authenticate(created.token)).toEqual({ ok: false, problem: 'token_revoked' });
  });

  test('twice in a row takes everybody to the newest', async () => {
    const agent = await newAgent('one').join(created.token);
    const second = await rotate(created.joinToken.id);
    const third = await rotate(second.joinToken.id);
    expect(agent.all('token').map(({ tokenId }) => tokenId)).toEqual([
      second.joinToken.id,
      third.joinToken.id,
    ]);
    await agent.say({ type: 'token-stored', tokenId: third.joinToken.id });
    for (const old of [created, second]) {
      expect(await host.deps.hub.authenticate(old.token)).toEqual({ ok: false, problem: 'token_revoked' });
    }
    expect((await joinTokens()).map(({ id, replicas: held }) => [id, held])).toEqual([
      [third.joinToken.id, 1],
    ]);
  });

  test('revoking the new token ends those that still hold the old one', async () => {
    const agent = await newAgent('one').join(created.token);
    const next = await rotate(created.joinToken.id);
    await revoke(next.joinToken.id);
    expect(agent.closedWith?.code).toBe(4401);
    expect(await host.deps.hub.authenticate(created.token)).toEqual({ ok: false, problem: 'token_revoked' });
  });

  test('removing the last replica that holds the old token ends the rotation', async () => {
    const agent = await newAgent('one').join(created.token);
    await rotate(created.joinToken.id);
    await body(await owner.delete(`${team}/replicas/${agent.replica.id}`), 204);
    expect(await host.deps.hub.authenticate(created.token)).toEqual({ ok: false, problem: 'token_revoked' });
  });

  test('a replica can’t claim a token that it wasn’t given, and so outlive the revocation of its own', async () => {
    const other = await createJoinToken(owner, team, workspace.id);
    const agent = await newAgent('one').join(created.token);
    await agent.say({ type: 'token-stored', tokenId: other.joinToken.id });
    expect(agent.closedWith?.code).toBe(4400);
    expect(await replicas()).toMatchObject([{ joinToken: { id: created.joinToken.id } }]);
  });
});

describe('removing a replica', () => {
  test('ends its connection with 4403', async () => {
    const agent = await newAgent('one').join(created.token);
    await body(await owner.delete(`${team}/replicas/${agent.replica.id}`), 204);
    expect(agent.closedWith?.code).toBe(4403);
    expect(await replicas()).toEqual([]);
  });

  test('reaches one that is away when it comes back: it doesn’t join anew', async () => {
    const agent = await newAgent('one').join(created.token);
    const { id } = agent.replica;
    await agent.hangUp();
    await body(await owner.delete(`${team}/replicas/${id}`), 204);
    await agent.join(created.token);
    expect(agent.closedWith?.code).toBe(4403);
    expect(await replicas()).toEqual([]);
  });
});

test('deleting the workspace is final for its replicas, also for those that are away', async () => {
  const here = await newAgent('one').join(created.token);
  const away = await newAgent('two').join(created.token);
  await away.hangUp();
  await body(await owner.delete(`${team}/workspaces/api`), 204);
  expect(here.closedWith?.code).toBe(4401);
  await expect(away.join(created.token)).rejects.toThrow('token_revoked');
  await body(await owner.get(`${team}/workspaces/api`), 404);
});
