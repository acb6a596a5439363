import { createAgentHub } from './agents/hub.ts';
import { createApp } from './app.ts';
import { createBus } from './bus.ts';
import type { Deps, Log, Outbound, Passwords, ServerSettings } from './deps.ts';
import { OutboundError } from './outboundError.ts';
import type { App } from './http/appEnv.ts';
import { newId } from './ids.ts';
import { openMigrated } from './node/testing/migratedSqlite.ts';
import { startRollouts } from './rollouts/rollouts.ts';
import { createSecretBox } from './secretBox.ts';
import { sessionCookieName } from './session/sessionCookie.ts';
import { issueToken } from './session/tokens.ts';
import { sha256Hex } from './tokens.ts';

const DAY_MS = 86_400_000;
const ORIGIN = 'http://localhost:8080';

/** Time that stands still until a test moves it; tasks that fall due run in their order. */
export class TestClock {
  private ms = Date.UTC(2026, 10, 21, 8);
  private tasks: { at: number; task: () => void }[] = [];

  now(): number {
    return this.ms;
  }

  /** Milliseconds until each task that waits. */
  get pending(): number[] {
    return this.tasks.map(({ at }) => at - this.ms);
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.ms + ms, task };
    this.tasks.push(entry);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== entry);
    };
  }

  advance(ms: number): void {
    const end = this.ms + ms;
    for (;;) {
      const next = this.tasks.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.tasks = this.tasks.filter((other) => other !== next);
      this.ms = Math.max(this.ms, next.at);
      next.task();
    }
    this.ms = end;
  }
}

/** Quick instead of slow: what argon2 does is tested where argon2 is. */
const cheapPasswords: Passwords = {
  hash: async (password) => `sha256:${await sha256Hex(password)}`,
  verify: async (hash, password) => hash === `sha256:${await sha256Hex(password)}`,
};

export type LogLine = { level: 'info' | 'warn' | 'error'; fields: Record<string, unknown>; message: string };

function recordingLog(lines: LogLine[]): Log {
  const at = (level: LogLine['level']) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, fields, message });
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

type SendOptions = { ifMatch?: string; headers?: Record<string, string> };

/** Sends requests as one person (or nobody), as the dashboard would: with the cookie and the origin. */
export class TestClient {
  private readonly app: App;
  readonly headers: Record<string, string>;

  constructor(app: App, headers: Record<string, string>) {
    this.app = app;
    this.headers = headers;
  }

  async send(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<Response> {
    return await this.app.request(`${ORIGIN}${path}`, {
      method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.ifMatch === undefined ? {} : { 'if-match': options.ifMatch }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  get = (path: string, options?: SendOptions) => this.send('GET', path, undefined, options);
  post = (path: string, body?: unknown, options?: SendOptions) => this.send('POST', path, body, options);
  put = (path: string, body?: unknown, options?: SendOptions) => this.send('PUT', path, body, options);
  patch = (path: string, body?: unknown, options?: SendOptions) => this.send('PATCH', path, body, options);
  delete = (path: string, options?: SendOptions) => this.send('DELETE', path, undefined, options);
}

export type TestApp = Awaited<ReturnType<typeof createTestApp>>;

/** The app on a new database, in memory unless `file` says where, with a clock that tests move and people who are signed in by a call. */
export async function createTestApp(settings: Partial<ServerSettings> = {}, file = ':memory:') {
  const { db, databaseState } = await openMigrated(file);
  const clock = new TestClock();
  const logLines: LogLine[] = [];
  const bus = createBus(clock);
  const log = recordingLog(logLines);
  const secretBox = await createSecretBox(new Uint8Array(32).fill(7));
  const hub = createAgentHub({ db, clock, bus, secretBox, log });
  let outside: Outbound = async (url) => {
    throw new OutboundError('unreachable', `${url} can’t be reached: tests say what answers.`);
  };
  const deps: Deps = {
    db,
    databaseState,
    clock,
    bus,
    hub,
    rollouts: await startRollouts({ db, clock, bus, hub, log }),
    passwords: cheapPasswords,
    secretBox,
    log,
    outbound: (url, init) => outside(url, init),
    settings: {
      version: '0.0.0-test',
      publicUrl: ORIGIN,
      installationId: 'test',
      allowPrivatePeers: false,
      portsDomain: 'localhost',
      portsInterstitial: true,
      sessionIdleMs: 7 * DAY_MS,
      sessionAbsoluteMs: 30 * DAY_MS,
      ...settings,
    },
    agentFiles: null,
  };
  const app = createApp(deps);
  const nowText = () => new Date(clock.now()).toISOString();

  /** A client that sends this session token as the dashboard’s cookie. */
  const withSession = (token: string) =>
    new TestClient(app, { origin: ORIGIN, cookie: `${sessionCookieName(deps.settings)}=${token}` });

  /** A client that sends this API token, and no origin. */
  const withApiToken = (token: string) => new TestClient(app, { authorization: `Bearer ${token}` });

  async function addTeam(name = 'Acme') {
    const id = newId('team');
    await db.insertInto('team').values({ id, name, created_at: nowText() }).execute();
    return { id, path: `/api/v1/teams/${id}` };
  }

  /** A person with an account `<name>@example.com` and the password `<name>’s own password`, member of `teams`. */
  async function addUser(name: string, teams: { id: string; role: 'admin' | 'member' }[] = []) {
    const id = newId('user');
    const email = `${name.toLowerCase()}@example.com`;
    const password = `${name}’s own password`;
    const password_hash = await cheapPasswords.hash(password);
    const search = `${email} ${name.toLowerCase()}`;
    await db
      .insertInto('user')
      .values({ id, email, name, search, password_hash, created_at: nowText(), last_seen_at: null })
      .execute();
    for (const team of teams) {
      await db
        .insertInto('member')
        .values({ team_id: team.id, user_id: id, role: team.role, joined_at: nowText() })
        .execute();
    }
    return { id, name, email, password };
  }

  async function signIn(userId: string) {
    const session = await issueToken(db, clock, {
      kind: 'session',
      userId,
      idleMs: deps.settings.sessionIdleMs,
      lifetimeMs: deps.settings.sessionAbsoluteMs,
    });
    return withSession(session.text);
  }

  /** A new person in the team, signed in. */
  async function member(name: string, teamId: string, role: 'admin' | 'member' = 'member') {
    const user = await addUser(name, [{ id: teamId, role }]);
    return { ...user, client: await signIn(user.id) };
  }

  const anonymous = new TestClient(app, { origin: ORIGIN });
  return {
    app,
    deps,
    db,
    clock,
    logLines,
    anonymous,
    /** Says what answers to `deps.outbound`. */
    answerOutbound: (answer: Outbound) => {
      outside = answer;
    },
    withSession,
    withApiToken,
    addTeam,
    addUser,
    signIn,
    member,
  };
}
