import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAgent } from '../agents/fakeAgent.ts';
import { body, forwardPort, listPorts, setPortVisibility } from '../fixtures.ts';
import type { TestClient } from '../testing.ts';
import { createPortWorld, type PortWorld } from './testing/portWorld.ts';

let world: PortWorld;
let olga: TestClient;
let team: string;
let agent: FakeAgent;
const at = (port: number) => `${team}/workspaces/api/ports/${port}`;
const change = async (port: number, wish: object) =>
  body(await olga.patch(at(port), wish, { ifMatch: '*' }), 200);

beforeEach(async () => {
  world = await createPortWorld();
  olga = world.olga.client;
  team = world.team.path;
  agent = await world.join();
});

describe('a port in forwardPorts', () => {
  test('is forwarded privately before anything listens, and stays in the list', async () => {
    await agent.declaredPorts([{ port: 3000, forward: true, label: 'Web', protocol: 'https' }]);
    expect(await world.ports()).toMatchObject({
      3000: {
        label: 'Web',
        protocol: 'https',
        visibility: 'private',
        origin: 'devcontainer',
        status: 'not-listening',
        forwarded: true,
      },
    });
    expect(await world.activity()).toEqual([]);
  });

  test('is forwarded even where it is on the ignore list: it is named', async () => {
    await agent.declaredPorts([{ port: 5432, forward: true }]);
    expect(await world.ports()).toMatchObject({ 5432: { forwarded: true, ignored: null } });
  });

  test('leaves the list when the file names it no more, unless somebody touched it', async () => {
    await agent.declaredPorts([
      { port: 3000, forward: true, label: 'Web' },
      { port: 4000, forward: true, label: 'Docs' },
    ]);
    await change(4000, { visibility: 'organization' });
    await agent.declaredPorts([]);
    expect(await world.ports()).toMatchObject({ 4000: { label: null, visibility: 'organization' } });
    expect(Object.keys(await world.ports())).toEqual(['4000']);
  });

  test('that its owner has stopped isn’t forwarded again by itself', async () => {
    await agent.declaredPorts([{ port: 3000, forward: true }]);
    await body(await olga.delete(at(3000)), 204);
    await agent.declaredPorts([{ port: 3000, forward: true, label: 'Web' }]);
    expect(await world.ports()).toEqual({});
    expect(await forwardPort(olga, team, 'api', 3000)).toMatchObject({ label: 'Web' });
  });
});

describe('labels and protocols', () => {
  test('of the file give way to the owner’s own, and come back when those are removed', async () => {
    await agent.declaredPorts([{ port: 3000, label: 'Web', protocol: 'https' }]);
    await agent.ports(3000);
    expect(await world.ports()).toMatchObject({ 3000: { label: 'Web', protocol: 'https', origin: 'auto' } });
    await change(3000, { label: 'Shop', protocol: 'http' });
    await agent.declaredPorts([{ port: 3000, label: 'Site', protocol: 'https' }]);
    expect(await world.ports()).toMatchObject({ 3000: { label: 'Shop', protocol: 'http' } });
    await change(3000, { label: null });
    expect(await world.ports()).toMatchObject({ 3000: { label: 'Site', protocol: 'http' } });
  });

  test('of the file are those of a port that is forwarded by hand', async () => {
    await agent.declaredPorts([{ port: 9229, label: 'Debugger', protocol: 'https' }]);
    expect(await forwardPort(olga, team, 'api', 9229)).toMatchObject({
      label: 'Debugger',
      protocol: 'https',
    });
  });

  test.each([
    ['turns the text around', 'abc\u202Edef'],
    ['holds a line break', 'two\nlines'],
    ['is blank', '   '],
  ])('a label that %s is left out', async (_, label) => {
    await agent.declaredPorts([{ port: 3000, forward: true, label }]);
    expect(await world.ports()).toMatchObject({ 3000: { label: null } });
  });

  test('a port that isn’t forwarded is named by the file, too', async () => {
    await agent.declaredPorts([{ port: 9229, label: 'Debugger', protocol: 'https' }]);
    await agent.ports(9229);
    expect(await world.ports()).toMatchObject({
      9229: { label: 'Debugger', protocol: 'https', forwarded: false },
    });
  });
});

describe('a public port that the file makes https', () => {
  beforeEach(async () => {
    await agent.ports(3000);
    await setPortVisibility(olga, team, 'api', 3000, 'public');
  });

  test('is private again, with a notice, and what the team sees is read again', async () => {
    const { access_epoch: before } = await world.row(3000);
    const topics = await world.published(() => agent.declaredPorts([{ port: 3000, protocol: 'https' }]));
    expect(topics).toEqual(['activity', 'ports', `ports:${world.api.id}`]);
    expect(await world.ports()).toMatchObject({
      3000: { visibility: 'private', protocol: 'https', notice: { from: 'public', reason: 'https' } },
    });
    expect((await world.row(3000)).access_epoch).toBe(before + 1);
    expect(await world.activity()).toContainEqual({
      by: 'Culvert',
      action: 'port.made-private',
      summary:
        'Made port 3000 of the workspace api private because its protocol became https. It was public.',
    });
  });

  test('stays public where its owner has chosen http', async () => {
    await change(3000, { protocol: 'http' });
    await agent.declaredPorts([{ port: 3000, protocol: 'https' }]);
    expect(await world.ports()).toMatchObject({ 3000: { visibility: 'public', protocol: 'http' } });
  });
});

test('a file makes nothing visible to anybody', async () => {
  await agent.declaredPorts([{ port: 3000, forward: true, label: 'public', onAutoForward: 'notify' }]);
  await agent.ports(3000);
  const { items } = await listPorts(world.bob.client, team, 'api');
  expect(items).toEqual([]);
});

describe('what begins to listen', () => {
  test('is ignored where the file says so, and says why', async () => {
    await agent.declaredPorts([{ port: 3000, onAutoForward: 'ignore' }]);
    await agent.ports(3000, 3001);
    expect(await world.ports()).toMatchObject({
      3000: { forwarded: false, ignored: 'devcontainer.json' },
      3001: { forwarded: true },
    });
  });

  test('is forwarded where the file says how, also from the ignore list', async () => {
    await agent.declaredPorts([
      { port: 5432, onAutoForward: 'silent' },
      { port: 9229, onAutoForward: 'notify' },
    ]);
    await agent.ports(5432, 9229);
    expect(await world.ports()).toMatchObject({
      5432: { forwarded: true, origin: 'auto' },
      9229: { forwarded: true, origin: 'auto' },
    });
  });

  test('and isn’t named is ignored where the file says so of all others', async () => {
    await agent.declaredPorts([{ port: 3000, label: 'Web' }], { otherPorts: 'ignore' });
    await agent.ports(3000, 3001);
    expect(await world.ports()).toMatchObject({
      3000: { forwarded: true },
      3001: { forwarded: false, ignored: 'devcontainer.json' },
    });
  });

  test('and isn’t named stays ignored where the file would forward all others', async () => {
    await agent.declaredPorts([], { otherPorts: 'silent' });
    await agent.ports(3000, 5432);
    expect(await world.ports()).toMatchObject({
      3000: { forwarded: true },
      5432: { forwarded: false, ignored: 'Database' },
    });
  });

  test('and was ignored is forwarded once the file says so no more', async () => {
    await agent.declaredPorts([{ port: 3000, onAutoForward: 'ignore' }]);
    await agent.ports(3000);
    await agent.declaredPorts([]);
    expect(await world.ports()).toMatchObject({ 3000: { forwarded: true, origin: 'auto', ignored: null } });
  });
});

describe('several replicas', () => {
  test('of which one has no file yet keep what the other declares', async () => {
    await agent.declaredPorts([{ port: 3000, forward: true, label: 'Web' }]);
    const two = await world.join('two');
    await two.declaredPorts([]);
    expect(await world.ports()).toMatchObject({ 3000: { label: 'Web', origin: 'devcontainer' } });
  });

  test('that differ are heard in their order, as long as they are connected', async () => {
    const two = await world.join('two');
    await two.declaredPorts([{ port: 3000, forward: true, label: 'Second' }]);
    await agent.declaredPorts([{ port: 3000, forward: true, label: 'First' }]);
    expect(await world.ports()).toMatchObject({ 3000: { label: 'First' } });
    await agent.hangUp();
    await two.declaredPorts([{ port: 3000, forward: true, label: 'Third' }]);
    expect(await world.ports()).toMatchObject({ 3000: { label: 'Third' } });
  });
});

test('a replica that is gone for good doesn’t hold on to what the file no longer says', async () => {
  await agent.declaredPorts([{ port: 3000, forward: true, label: 'Web' }]);
  await agent.hangUp();
  expect(await world.ports()).toMatchObject({ 3000: { label: 'Web', status: 'replica-offline' } });
  const two = await world.join('two');
  await two.declaredPorts([{ port: 4000, forward: true, label: 'Docs' }]);
  expect(Object.keys(await world.ports())).toEqual(['4000']);
});

describe('a file that can’t be read', () => {
  test('is told to the owner and the admins, and to nobody else', async () => {
    const problem = 'Line 4: a comma is missing.';
    await agent.declaredPorts([], { problem });
    expect(await listPorts(olga, team, 'api')).toMatchObject({ declarationProblem: problem });
    expect(await listPorts(world.ada.client, team, 'api')).toMatchObject({ declarationProblem: problem });
    expect(await listPorts(world.bob.client, team, 'api')).toMatchObject({ declarationProblem: null });
    await agent.declaredPorts([]);
    expect(await listPorts(olga, team, 'api')).toMatchObject({ declarationProblem: null });
  });
});
