import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ChangeEvent, HelloEvent, Topic } from '../../contract/events.ts';
import type { Clock, Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { problems } from '../http/responses.ts';
import { requireTeam, TeamParams } from '../http/teamAccess.ts';
import { createAccessWatch } from './accessWatch.ts';
import { beat, createEventStream, eventBytes } from './eventStream.ts';

const BEAT_MS = 15_000;
/** Above this many, naming them would cost more than having everything read again, and fill the client’s 64 KB. */
const TOPICS_MAX = 500;

const getEvents = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/events',
  tags: ['Team'],
  summary: 'What changes, as it changes',
  description:
    'Server-sent events that name what changed; fetch that again. `hello` once per connection, with ' +
    '`{"quietMs": …}` for how long nothing has changed, `change` with ' +
    '`{"topics": ["vpns", "vpn:<id>"]}` at most four times a second, `resync` when it is too much to name, `end` ' +
    'with `{"reason": …}` when access has ended: don’t reconnect then. A comment line comes every 15 seconds.',
  request: { params: TeamParams },
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(401, 404),
  },
});

export function registerEvents(app: App, deps: Deps): void {
  const { bus, clock } = deps;
  const watchAccess = createAccessWatch(deps);
  const changeBytes = rememberLast((topics: Topic[]) =>
    topics.length > TOPICS_MAX
      ? eventBytes('resync', {})
      : eventBytes('change', { topics } satisfies ChangeEvent),
  );

  app.openapi(getEvents, (c) => {
    const { viewer, team } = requireTeam(c);
    const stops: (() => void)[] = [];
    const stream = createEventStream(() => {
      for (const stop of stops) stop();
    });
    stops.push(
      every(clock, BEAT_MS, () => stream.send(beat)),
      bus.subscribe(team.id, (topics) => stream.send(changeBytes(topics))),
      watchAccess({ viewer, teamId: team.id, ended: (reason) => stream.end(eventBytes('end', { reason })) }),
    );
    stream.send(eventBytes('hello', { quietMs: bus.quietFor(team.id) } satisfies HelloEvent));
    return c.body(stream.body, 200, {
      'content-type': 'text/event-stream',
      // For reverse proxies that collect an answer before they pass it on (nginx).
      'x-accel-buffering': 'no',
    });
  });
}

/** Runs `task` each `ms` until the returned function is called. */
function every(clock: Clock, ms: number, task: () => void): () => void {
  let cancel = clock.after(ms, function again() {
    // Planned before it runs: the task may be what stops it.
    cancel = clock.after(ms, again);
    task();
  });
  return () => cancel();
}

/** The bus hands the same array to everybody who listens: their bytes are made once. */
function rememberLast<Input extends object, Output>(
  make: (input: Input) => Output,
): (input: Input) => Output {
  let last: { input: Input; output: Output } | null = null;
  return (input) => {
    if (last?.input !== input) last = { input, output: make(input) };
    return last.output;
  };
}
