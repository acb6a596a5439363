import { beforeEach, describe, expect, test } from 'vitest';
import type { Visibility } from '../../contract/visibility.ts';
import { body, forwardPort, setPortVisibility } from '../fixtures.ts';
import { createPortWorld, type PortWorld } from '../ports/testing/portWorld.ts';
import type { TestClient } from '../testing.ts';
import { createPortConnections, type ConnectionRequest, type PortConnections } from './portConnections.ts';

const PORT = 5432;

let world: PortWorld;
let connections: PortConnections;
let tokens: Record<string, string>;
const ended: string[] = [];

beforeEach(async () => {
  world = await createPortWorld();
  connections = createPortConnections(world.deps);
  ended.length = 0;
  const { team, ada, olga, bob, api } = world;
  await world.join();
  await forwardPort(olga.client, team.path, api.id, PORT);
  const other = await world.addTeam('Other');
  const eve = await world.member('Eve', other.id, 'admin');
  tokens = {
    owner: await makeToken(olga.client, team.path),
    member: await makeToken(bob.client, team.path),
    admin: await makeToken(ada.client, team.path),
    stranger: await makeToken(eve.client, other.path),
  };
});

async function makeToken(client: TestClient, teamPath: string): Promise<string> {
  const { token } = await (await client.post(`${teamPath}/api-tokens`, { name: 'CLI' })).json();
  return String(token);
}

const ask = async (who: string | null, changes: Partial<ConnectionRequest> = {}) => {
  const token = who === null ? null : (tokens[who] ?? who);
  const request = { team: world.team.id, workspace: 'api', port: PORT, token, ...changes };
  return await connections.admit(request);
};

const outcome = async (who: string | null, changes: Partial<ConnectionRequest> = {}) => {
  const verdict = await ask(who, changes);
  return verdict.kind === 'connect' ? 'connected' : `${verdict.problem.status} ${verdict.problem.code}`;
};

/** Connects, and notes under the person’s name when that is over. */
async function connect(who: string): Promise<void> {
  const verdict = await ask(who);
  if (verdict.kind !== 'connect') throw new Error(`${who} was refused: ${verdict.problem.title}`);
  verdict.connection.watch(() => ended.push(who));
}

const share = async (visibility: Visibility) => {
  const { olga, team, api } = world;
  await setPortVisibility(olga.client, team.path, api.id, PORT, visibility);
};

/** Lets the next look come and be over. */
async function lookAgain(): Promise<void> {
  world.clock.advance(400);
  // SQLite answers all queries of one look within microtasks and one turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
}

describe('a connection without HTTP', () => {
  test.each<[Visibility, Record<string, string>]>([
    [
      'private',
      { owner: 'connected', member: '404 not_found', admin: '404 not_found', stranger: '404 not_found' },
    ],
    [
      'organization',
      { owner: 'connected', member: 'connected', admin: 'connected', stranger: '404 not_found' },
    ],
    ['public', { owner: 'connected', member: 'connected', admin: 'connected', stranger: '404 not_found' }],
  ])('to a port that is %s', async (visibility, expected) => {
    if (visibility !== 'private') await share(visibility);
    const found: Record<string, string> = {};
    for (const who of Object.keys(expected)) found[who] = await outcome(who);
    expect(found).toEqual(expected);
  });

  test('without a token, or with one that is no good, is refused at a public port too', async () => {
    await share('public');
    expect(await outcome(null)).toBe('401 not_signed_in');
    expect(await outcome('culv_api_nonsense')).toBe('401 token_invalid');
  });

  test('finds the workspace by its id and its name', async () => {
    expect(await outcome('owner', { workspace: world.api.id })).toBe('connected');
    expect(await outcome('owner', { workspace: 'API' })).toBe('connected');
  });

  test.each<[string, Partial<ConnectionRequest>]>([
    ['another port', { port: PORT + 1 }],
    ['a workspace that there isn’t', { workspace: 'nowhere' }],
    ['another team', { team: 'team_nowhere' }],
  ])('finds nothing at %s', async (_what, changes) => {
    expect(await outcome('owner', changes)).toBe('404 not_found');
  });

  test('is refused with what is missing while no replica is connected', async () => {
    const { olga, team } = world;
    const empty = await olga.client.post(`${team.path}/workspaces`, { name: 'empty' });
    const { id } = await empty.json();
    await forwardPort(olga.client, team.path, id, PORT);
    const verdict = await ask('owner', { workspace: 'empty' });
    expect(verdict).toMatchObject({ kind: 'refuse', problem: { status: 503, code: 'no_replica' } });
  });
});

describe('an open connection ends when', () => {
  test.each<[string, 'organization' | 'public', string[], () => Promise<unknown>]>([
    ['the port is made private, for all but its owner', 'organization', ['member'], () => share('private')],
    [
      'forwarding is stopped, for its owner too',
      'organization',
      ['owner', 'member'],
      async () => {
        const { olga, team, api } = world;
        await body(await olga.client.delete(`${team.path}/workspaces/${api.id}/ports/${PORT}`), 204);
      },
    ],
    [
      'the API token is revoked, at a public port too',
      'public',
      ['member'],
      async () => {
        const { bob, team } = world;
        const { items } = await (await bob.client.get(`${team.path}/api-tokens`)).json();
        await body(await bob.client.delete(`${team.path}/api-tokens/${items[0].id}`), 204);
      },
    ],
    [
      'whoever connected leaves the team, at a public port too',
      'public',
      ['member'],
      async () => body(await world.bob.client.delete(`${world.team.path}/members/${world.bob.id}`), 204),
    ],
    [
      'the team no longer allows what the port is',
      'organization',
      ['member'],
      async () =>
        body(
          await world.ada.client.patch(
            world.team.path,
            { portPolicy: { organization: false, public: false } },
            { ifMatch: '*' },
          ),
          200,
        ),
    ],
  ])('%s', async (_why, visibility, whose, happen) => {
    await share(visibility);
    await connect('owner');
    await connect('member');
    await lookAgain();
    expect(ended).toEqual([]);
    await happen();
    await lookAgain();
    expect(ended).toEqual(whose);
  });
});
