import { Kysely, SqliteDialect } from 'kysely';
import type { Session } from '../../contract/session.ts';
import { createAgentHub } from '../../server/agents/hub.ts';
import { createApp } from '../../server/app.ts';
import { createBus } from '../../server/bus.ts';
import { migrate } from '../../server/db/migrate.ts';
import type { Database } from '../../server/db/schema.ts';
import type { Deps } from '../../server/deps.ts';
import { startRollouts } from '../../server/rollouts/rollouts.ts';
import { createSecretBox } from '../../server/secretBox.ts';
import { lineTo } from '../agents/dialHub.ts';
import { Fleet } from '../agents/fleet.ts';
import { openMemoryDatabase } from '../sqlite/database.ts';
import { Browser, catchCookies } from './browser.ts';
import { DAY, type TravellingClock, travellingClock } from './clock.ts';
import { Outside } from './outside.ts';
import { cheapPasswords } from './passwords.ts';

/** The server with everything it needs, in one page, and the replicas that are connected to it. */
export type World = {
  origin: string;
  clock: TravellingClock;
  deps: Deps;
  fleet: Fleet;
  /** Resolves when agents and server have heard and stored everything they said to each other. */
  settled(): Promise<void>;
  /** The servers of others that this one may ask. */
  outside: Outside;
  /** A browser that nobody is signed in with. */
  newBrowser(): Browser;
  /** A program with this token. */
  newProgram(token: string): Browser;
  /** Asks the server as whoever the request's own headers say. */
  fetch(request: Request): Promise<Response>;
  /** Ends everything that goes on in it by itself. */
  close(): Promise<void>;
};

export type WorldOptions = {
  /** At the newest schema. Left out: SQLite as WebAssembly. */
  db?: Kysely<Database>;
  /** Called with what the server logs as its own failure. Left out: the console's error. */
  onError?: (message: string) => void;
};

/** An empty server: no account, no team. `origin` is where the dashboard runs. */
export async function createWorld(origin: string, options: WorldOptions = {}): Promise<World> {
  const clock = travellingClock();
  const db = options.db ?? (await openWasmDatabase());
  const log = quiet(options.onError ?? ((message) => console.error(message)));
  const secretBox = await createSecretBox(crypto.getRandomValues(new Uint8Array(32)));
  const bus = createBus(clock);
  const hub = createAgentHub({ db, clock, bus, secretBox, log });
  await hub.start();
  const line = lineTo(hub);
  // The server has run for longer than anything that the history tells of.
  const rollouts = await clock.ago(365 * DAY, () => startRollouts({ db, clock, bus, hub, log }));
  const outside = new Outside(clock, origin);
  const deps: Deps = {
    db,
    clock,
    bus,
    hub,
    rollouts,
    passwords: cheapPasswords,
    secretBox,
    settings: {
      version: '0.1.0',
      publicUrl: origin,
      installationId: 'mock',
      allowPrivatePeers: false,
      portsDomain: 'localhost',
      portsInterstitial: true,
      sessionIdleMs: 7 * DAY,
      sessionAbsoluteMs: 30 * DAY,
    },
    log,
    outbound: outside.outbound,
    agentFiles: null,
  };
  const app = createApp(deps, [catchCookies(clock)]);
  const fetch = async (request: Request) => await app.fetch(request, { remoteAddress: '127.0.0.1' });
  return {
    origin,
    clock,
    deps,
    fleet: new Fleet(clock, line.dial),
    settled: async () => {
      await line.settled();
      await deps.rollouts.settled();
      await line.settled();
    },
    outside,
    newBrowser: () => new Browser(fetch, origin),
    newProgram: (token) => new Browser(fetch, origin, token),
    fetch,
    close: async () => {
      await rollouts.stop();
      await hub.close();
      await db.destroy();
    },
  };
}

/** Signs somebody in and says who and where they are. */
export async function signIn(browser: Browser, email: string, password: string): Promise<Session> {
  return await browser.json('POST', '/api/v1/session', { email, password });
}

/** The mock's own log would only repeat what the page shows; what fails in the server is an error in the console. */
const quiet = (onError: (message: string) => void): Deps['log'] => ({
  info: () => {},
  warn: () => {},
  error: (fields, message) => {
    onError(`${message} ${JSON.stringify(fields)}`);
  },
});

async function openWasmDatabase(): Promise<Kysely<Database>> {
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: openMemoryDatabase }) });
  await migrate(db);
  return db;
}
