import type { QueryClient } from '@tanstack/react-query';
import { apiPath } from './client.ts';
import { askedBefore } from './asked.ts';
import type { ChangeEvent, HelloEvent } from '../../contract/events.ts';
import { backoff, createEventParser, type ServerEvent } from './eventStream.ts';
import { keys, keysOf } from './keys.ts';
import { refetch } from './refetch.ts';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** The server beats every 15 seconds: a stream that has been silent for longer than this is dead. */
const silence = 40_000;
/** From this many failed tries on, the indicator says offline. */
const patience = 3;

type Live = {
  team: string;
  queryClient: QueryClient;
  signedOut: () => void;
  show: (state: LiveState) => void;
};

/**
 * Listens to what changes in a team and refetches just that, until `signal` aborts. What was asked for before a change that
 * came before the stream is refetched too; after a lost connection everything of the team is.
 */
export async function listen(
  { team, queryClient, signedOut, show }: Live,
  signal: AbortSignal,
): Promise<void> {
  const refetchAll = () => refetch(queryClient, { queryKey: keys.everythingOf(team) });
  const refetchMissed = ({ quietMs }: HelloEvent) =>
    refetch(queryClient, {
      queryKey: keys.everythingOf(team),
      predicate: askedBefore(Date.now() - quietMs),
    });
  let attempt = 0;
  let first = true;
  let ended = false;

  const take = ({ event, data }: ServerEvent) => {
    if (event === 'hello') {
      attempt = 0;
      show('live');
      if (first) refetchMissed(JSON.parse(data));
      else refetchAll();
      first = false;
    } else if (event === 'change') {
      const { topics }: ChangeEvent = JSON.parse(data);
      for (const topic of topics) {
        for (const queryKey of keysOf(team, topic)) refetch(queryClient, { queryKey });
      }
    } else if (event === 'resync') refetchAll();
    else if (event === 'end') ended = true;
  };

  show('connecting');
  while (!signal.aborted && !ended) {
    await readEvents(apiPath`/api/v1/teams/${team}/events`, take, signal).catch((error: unknown) => {
      if (error instanceof AccessEnded) ended = true;
    });
    if (signal.aborted || ended) break;
    attempt += 1;
    show(attempt >= patience ? 'offline' : 'reconnecting');
    await pause(backoff(attempt, Math.random()), signal);
  }
  if (ended && !signal.aborted) signedOut();
}

class AccessEnded extends Error {}

/** Reads one connection to its end. Rejects when it breaks, falls silent or is refused. */
async function readEvents(
  url: string,
  take: (event: ServerEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let watchdog = setTimeout(() => stop.abort(), silence);
  try {
    const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: either });
    if (response.status === 401 || response.status === 404) throw new AccessEnded();
    if (!response.ok || response.body === null)
      throw new Error(`The event stream answered ${response.status}.`);
    const parse = createEventParser();
    for await (const text of response.body.pipeThrough(new TextDecoderStream(), { signal: either })) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop.abort(), silence);
      for (const event of parse(text)) take(event);
    }
  } finally {
    clearTimeout(watchdog);
  }
}

/** Waits; cut short when the browser says that the network is back. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
