import { beforeEach, expect, test } from 'vitest';
import type { Page } from '../../contract/lists.ts';
import type { OwnPortNotice, PortList, SharedPort } from '../../contract/ports.ts';
import type { Session } from '../../contract/session.ts';
import { createWorld, type World } from '../world/world.ts';
import { beginScenario } from './begin.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld('http://localhost:4173');
});

/** What one path of the team answers whoever the scenario signs in. */
async function begin(scenario: string) {
  const { browser, beginning } = await beginScenario(world, { scenario, signedInAs: null });
  const team = `/api/v1/teams/${beginning.teamId}`;
  return { browser, get: <Answer>(path: string): Promise<Answer> => browser.json('GET', `${team}${path}`) };
}

const statesOf = ({ items }: PortList) =>
  Object.fromEntries(
    items.map(({ port, forwarded, visibility, origin, status, ignored }) => [
      port,
      [origin, status, ignored ?? (forwarded ? visibility : 'offered')].join(', '),
    ]),
  );

test('the storefront has a port of every kind', async () => {
  const { get } = await begin('healthy');
  expect(statesOf(await get<PortList>('/workspaces/storefront/ports'))).toEqual({
    22: 'auto, listening, SSH',
    3000: 'auto, listening, private',
    5173: 'devcontainer, listening, organization',
    5432: 'auto, listening, Database',
    8080: 'auto, listening, public',
    8443: 'manual, not-listening, private',
    9229: 'auto, listening, offered',
  });
});

test('a process that begins to listen is there, and gone when it ends', async () => {
  const { get } = await begin('healthy');
  const ports = async () => {
    await world.settled();
    return statesOf(await get<PortList>('/workspaces/reports/ports'));
  };
  world.fleet.listen('reports-1', { 8888: 'jupyter' });
  expect(await ports()).toEqual({ 8888: 'auto, listening, private' });
  world.fleet.unlisten('reports-1', 8888);
  expect(await ports()).toEqual({});
});

test('a machine that restarts takes back what is public in its workspace', async () => {
  const { get } = await begin('healthy');
  await world.fleet.restart('storefront-1');
  await world.settled();
  const ports = statesOf(await get<PortList>('/workspaces/storefront/ports'));
  expect(ports[8080]).toBe('auto, listening, private');
  expect(ports[5173]).toBe('devcontainer, listening, organization');
});

test('shares ended in each of the four ways', async () => {
  const { get } = await begin('ports-ended');
  const { items } = await get<{ items: OwnPortNotice[] }>('/port-notices');
  expect(items.map(({ port, notice }) => `${port} ${notice.reason}`)).toEqual([
    '9000 policy',
    '5173 added-again',
    '8080 https',
    '3000 restarted',
  ]);
});

test('a server without a ports domain shares nothing', async () => {
  const { browser, get } = await begin('no-ports-domain');
  const session: Session = await browser.json('GET', '/api/v1/session');
  expect(session.server.portsDomain).toBeNull();
  expect((await get<Page<SharedPort>>('/ports')).total).toBe(0);
});
