import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createQueryClient } from './queryClient.ts';
import { listen, type LiveState } from './live.ts';

const team = 'team_1';

/** A connection of the stream that the test writes to and ends. */
function connection() {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (its) => void (controller = its) });
  return {
    response: new Response(body),
    send: (event: string, data: object) =>
      controller.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    end: () => controller.close(),
  };
}

/** Answers to the next dials, in order; a dial without one never gets through. */
const answers: (Response | Error)[] = [];
const leave = new AbortController();

function start() {
  const queryClient = new QueryClient();
  const invalidated: unknown[] = [];
  vi.spyOn(queryClient, 'invalidateQueries').mockImplementation((filter) => {
    if (filter?.predicate === undefined) invalidated.push(filter?.queryKey);
    return Promise.resolve();
  });
  const states: LiveState[] = [];
  const signedOut = vi.fn<() => void>();
  const done = listen({ team, queryClient, signedOut, show: (state) => states.push(state) }, leave.signal);
  return { invalidated, states, signedOut, done };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('fetch', () => {
    const next = answers.shift();
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error('no network'));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  answers.length = 0;
});

test('refetches what an event names, and everything after a lost connection', async () => {
  const first = connection();
  const second = connection();
  answers.push(first.response, second.response);
  const { invalidated, states } = start();

  first.send('hello', { quietMs: 0 });
  first.send('change', { topics: ['vpns', 'vpn:vpn_1'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual(['connecting', 'live']);
  expect(invalidated).toEqual([
    ['teams', team, 'vpns'],
    ['teams', team, 'vpn', 'vpn_1'],
  ]);

  first.end();
  await vi.advanceTimersByTimeAsync(1000);
  second.send('hello', { quietMs: 0 });
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']);
  expect(invalidated.at(-1)).toEqual(['teams', team]);
});

test('refetches what was asked for before a change that came before the stream', async () => {
  const queryClient = createQueryClient(() => undefined);
  let now = 'as it was';
  const ask = (name: string) =>
    queryClient.fetchQuery({ queryKey: ['teams', team, name], queryFn: () => Promise.resolve(now) });
  const isStale = (name: string) => queryClient.getQueryState(['teams', team, name])?.isInvalidated;
  const only = connection();
  answers.push(only.response);

  await ask('early');
  await vi.advanceTimersByTimeAsync(1000);
  now = 'changed';
  await vi.advanceTimersByTimeAsync(500);
  await ask('late');
  void listen({ team, queryClient, signedOut: () => undefined, show: () => undefined }, leave.signal);
  await vi.advanceTimersByTimeAsync(200);
  only.send('hello', { quietMs: 700 });
  await vi.advanceTimersByTimeAsync(0);
  expect({ early: isStale('early'), late: isStale('late') }).toEqual({ early: true, late: false });
});

test('asks again where a change comes while the first answer is awaited', async () => {
  const queryClient = createQueryClient(() => undefined);
  const given: string[] = ['before', 'after'];
  const asked: (() => void)[] = [];
  const observer = new QueryObserver(queryClient, {
    queryKey: ['teams', team, 'vpns'],
    queryFn: () => {
      const answer = given.shift();
      return new Promise((resolve) => asked.push(() => resolve(answer)));
    },
  });
  const unsubscribe = observer.subscribe(() => undefined);
  const only = connection();
  answers.push(only.response);
  void listen({ team, queryClient, signedOut: () => undefined, show: () => undefined }, leave.signal);
  only.send('change', { topics: ['vpns'] });
  only.send('change', { topics: ['vpns'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(1);
  asked[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(observer.getCurrentResult().data).toBe('before');
  asked[1]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(observer.getCurrentResult()).toMatchObject({ data: 'after', isStale: false });
  expect(asked).toHaveLength(2);
  unsubscribe();
});

test('says offline after some failed tries, and goes on trying', async () => {
  const late = connection();
  answers.push(new Error('no network'), new Error('no network'), new Error('no network'), late.response);
  const { states } = start();
  await vi.advanceTimersByTimeAsync(15_000);
  late.send('hello', { quietMs: 0 });
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual(['connecting', 'reconnecting', 'reconnecting', 'offline', 'live']);
});

test('a stream that falls silent is given up and dialled again', async () => {
  const silent = connection();
  answers.push(silent.response);
  const { states } = start();
  silent.send('hello', { quietMs: 0 });
  await vi.advanceTimersByTimeAsync(39_000);
  expect(states).toEqual(['connecting', 'live']);
  await vi.advanceTimersByTimeAsync(2000);
  expect(states).toContain('reconnecting');
});

test('ends with the access: by an event, and by a refused dial', async () => {
  const only = connection();
  answers.push(only.response);
  const byEvent = start();
  only.send('end', { reason: 'signed-out' });
  only.end();
  await byEvent.done;
  expect(byEvent.signedOut).toHaveBeenCalledOnce();

  answers.push(new Response(null, { status: 401 }));
  const byDial = start();
  await byDial.done;
  expect(byDial.signedOut).toHaveBeenCalledOnce();
});
