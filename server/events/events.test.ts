import { describe, expect, test, vi } from 'vitest';
import { eventually } from '../node/testing/eventually.ts';
import { createTestApp } from '../testing.ts';
import { createEventStream, UNSENT_LIMIT } from './eventStream.ts';

async function watching(settings: { sessionIdleMs?: number } = {}) {
  const host = await createTestApp(settings);
  const team = await host.addTeam();
  const ada = await host.member('Ada', team.id, 'admin');
  const bob = await host.member('Bob', team.id);
  const open = async (client: { get(path: string): Promise<Response> }) => {
    const response = await client.get(`${team.path}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error('The stream has no body.');
    return { read: () => reader.read(), cancel: () => reader.cancel() };
  };
  return { ...host, team, ada, bob, open };
}

test('a burst of changes arrives as one event, at most four times a second', async () => {
  const { ada, open, deps, clock, team } = await watching();
  deps.bus.publish(team.id, ['vpns']);
  clock.advance(2000);
  const events = await open(ada.client);
  expect((await events.read()).value).toBe('event: hello\ndata: {"quietMs":2000}\n\n');

  for (let n = 0; n < 100; n += 1) deps.bus.publish(team.id, ['vpns', 'vpn:vpn_a']);
  clock.advance(249);
  deps.bus.publish(team.id, ['activity']);
  clock.advance(1);
  deps.bus.publish(team.id, ['team']);
  clock.advance(250);
  expect((await events.read()).value).toBe(
    'event: change\ndata: {"topics":["vpns","vpn:vpn_a","activity"]}\n\n',
  );
  expect((await events.read()).value).toBe('event: change\ndata: {"topics":["team"]}\n\n');
});

test('what would take too long to name is one word', async () => {
  const { ada, open, deps, clock, team } = await watching();
  const events = await open(ada.client);
  await events.read();
  const topics = Array.from({ length: 5000 }, (_, n): `workspace:${string}` => `workspace:ws_${n}`);
  deps.bus.publish(team.id, topics);
  clock.advance(250);
  deps.bus.publish(team.id, topics.slice(0, 2));
  clock.advance(250);
  expect((await events.read()).value).toBe('event: resync\ndata: {}\n\n');
  expect((await events.read()).value).toBe(
    'event: change\ndata: {"topics":["workspace:ws_0","workspace:ws_1"]}\n\n',
  );
});

test('another team’s changes don’t arrive, and a silent stream beats every 15 seconds', async () => {
  const { ada, open, deps, clock, addTeam } = await watching();
  const events = await open(ada.client);
  await events.read();
  const other = await addTeam('Other');
  deps.bus.publish(other.id, ['vpns']);
  clock.advance(15_000);
  expect((await events.read()).value).toBe(': beat\n\n');
});

describe('a stream ends within a second when', () => {
  test('the viewer signs out', async () => {
    const { ada, open, clock } = await watching();
    const events = await open(ada.client);
    await events.read();
    await ada.client.delete('/api/v1/session');
    clock.advance(500);
    expect((await events.read()).value).toBe('event: end\ndata: {"reason":"signed-out"}\n\n');
    expect((await events.read()).done).toBe(true);
  });

  test('the viewer is removed from this team and is in another', async () => {
    const { ada, bob, open, clock, addTeam, db, team } = await watching();
    const other = await addTeam('Other');
    await db
      .insertInto('member')
      .values({ team_id: other.id, user_id: bob.id, role: 'member', joined_at: new Date(0).toISOString() })
      .execute();
    const events = await open(bob.client);
    const stays = await open(ada.client);
    await events.read();
    await stays.read();
    expect((await ada.client.delete(`${team.path}/members/${bob.id}`)).status).toBe(204);
    clock.advance(500);
    expect((await events.read()).value).toContain('event: change');
    expect((await events.read()).value).toBe('event: end\ndata: {"reason":"removed"}\n\n');
    expect((await stays.read()).value).toContain('event: change');
  });

  test('the session expires', async () => {
    const { ada, open, clock } = await watching({ sessionIdleMs: 5000 });
    const events = await open(ada.client);
    await events.read();
    let last: string | undefined;
    const reading = events.read().then(({ value }) => (last = value));
    // Each look needs the database’s answer before the next one is planned.
    await eventually(() => {
      clock.advance(5000);
      expect(last).toBe('event: end\ndata: {"reason":"signed-out"}\n\n');
    });
    await reading;
  });
});

test('a client that reads too slowly is dropped at 64 KB', async () => {
  const ended = vi.fn<() => void>();
  const stream = createEventStream(ended);
  stream.send(new Uint8Array(UNSENT_LIMIT));
  expect(ended).not.toHaveBeenCalled();
  stream.send(new Uint8Array(1));
  expect(ended).toHaveBeenCalledTimes(1);
  await expect(stream.body.getReader().read()).rejects.toThrow('too slowly');
});

test('a client that goes away is forgotten', async () => {
  const { ada, open, deps, clock, team } = await watching();
  const events = await open(ada.client);
  await events.cancel();
  const others: string[][] = [];
  deps.bus.subscribe(team.id, (topics) => others.push(topics));
  deps.bus.publish(team.id, ['team']);
  clock.advance(60_000);
  expect(others).toEqual([['team']]);
});
