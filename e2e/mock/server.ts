import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { networkErrorMark, withFaults } from '../../mocks/faults/faultyFetch.ts';
import { cookieValue } from '../../mocks/page/choice.ts';
import { createControl, type MockControl } from '../../mocks/page/control.ts';
import { beginScenario } from '../../mocks/scenarios/begin.ts';
import { createWorld } from '../../mocks/world/world.ts';
import { createDashboardFiles } from '../../server/node/dashboardFiles.ts';
import { appPath } from '../../server/node/httpListener.ts';
import { openMigrated } from '../../server/node/testing/migratedSqlite.ts';

/** A scenario that is being played, and what a test can do in it from outside the page. */
export type Play = {
  /** Where it is played. */
  url: string;
  control: MockControl;
  /** null where the scenario has no team yet. */
  teamId: string | null;
  /** Of whoever is signed in where the scenario starts. */
  cookies: { name: string; value: string }[];
  /** What the server logged as its own failures. */
  errors: string[];
  /** Ends the server, once it has answered what it was asked. */
  end(): Promise<void>;
};

export type MockServer = {
  url: string;
  /** Begins a scenario anew; requests reach the one that was begun last. */
  begin(choice: { scenario: string; signedInAs: string | null }): Promise<Play>;
  close(): Promise<void>;
};

/**
 * Ends a connection as a fault of the network does for the page. A browser silently asks again where a connection that it
 * used before closes without a byte; where what comes is no HTTP (two lengths), it doesn't.
 */
function breakConnection(socket: Socket): void {
  socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n');
}

/** What answers the page's requests. */
type Host = {
  answer(request: Request, incoming: IncomingMessage): Promise<Response>;
  /** A page is loaded from this address. */
  load(address: URL): void;
};

/** The dashboard as people get it. */
const built = resolve(import.meta.dirname, '../../dist/dashboard');

/**
 * Serves a built dashboard with the mock's server and replicas behind it, in this process and on a free port. It is the same
 * mock as in the page (mocks/start.ts), without having to load, compile and start a server in each page.
 */
export async function startMockServer(): Promise<MockServer> {
  if (!existsSync(join(built, 'index.html')))
    throw new Error(`There is no dashboard in ${built}: run "npm run build" first.`);
  const files = await createDashboardFiles(built);
  let host: Host | null = null;

  const handle = async (request: Request, incoming: IncomingMessage): Promise<Response> => {
    const address = new URL(request.url);
    if (host !== null && appPath.test(address.pathname)) return await host.answer(request, incoming);
    if (request.headers.get('sec-fetch-dest') === 'document') host?.load(address);
    return await files(request);
  };
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    void getRequestListener((request) => handle(request, incoming))(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The mock’s server has no port.');
  const url = `http://localhost:${address.port}`;

  return {
    url,
    async begin(choice) {
      const errors: string[] = [];
      const { db } = await openMigrated(':memory:');
      const world = await createWorld(url, { db, onError: (error) => errors.push(error) });
      const { browser, beginning } = await beginScenario(world, choice);
      const streams = new Set<IncomingMessage>();
      let faults = '';
      const faulty = withFaults(world.fetch, {
        current: ({ headers }) => `${faults},${cookieValue(headers.get('cookie') ?? '', '__fault') ?? ''}`,
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      });
      const setFaults = (text: string) => {
        faults = text;
        faulty.changed();
      };
      const answers = new Set<Promise<Response>>();
      host = {
        async answer(request, incoming) {
          const answer = faulty(request);
          answers.add(answer);
          const response = await answer.finally(() => answers.delete(answer));
          if (response.headers.has(networkErrorMark)) breakConnection(incoming.socket);
          if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
            streams.add(incoming);
            incoming.once('close', () => streams.delete(incoming));
          }
          return response;
        },
        load: ({ searchParams }) => setFaults(searchParams.get('__fault') ?? ''),
      };
      const cut = () => {
        for (const { socket } of streams) socket.destroy();
      };
      return {
        url,
        control: createControl({ world, beginning, scenario: choice.scenario, streams: { cut }, setFaults }),
        teamId: beginning.teamId,
        cookies: browser.jar.all(),
        errors,
        end: async () => {
          host = null;
          setFaults('');
          cut();
          await Promise.allSettled(answers);
          await world.close();
        },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
