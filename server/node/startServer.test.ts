import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../deps.ts';
import { backUp } from './backup.ts';
import { commands } from './commands.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './startServer.ts';

const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const key = Buffer.alloc(32, 3).toString('hex');

let folder: string;
let running: RunningServer[];
const start = async (env: Record<string, string> = {}) => {
  const { settings } = readSettings(['--port', '0', '--data', join(folder, 'data')], env);
  const server = await startServer({ settings, log: quiet, dashboardFolder: join(folder, 'dashboard') });
  running.push(server);
  return server;
};
const stopAll = async () => {
  for (const server of running.splice(0)) await server.close();
};
const admin = { CULVERT_ADMIN_EMAIL: 'root@example.com', CULVERT_ADMIN_PASSWORD: 'seven violins under' };
const signIn = (url: string) =>
  fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ email: admin.CULVERT_ADMIN_EMAIL, password: admin.CULVERT_ADMIN_PASSWORD }),
  });

beforeEach(async () => {
  running = [];
  folder = await mkdtemp(join(tmpdir(), 'server-'));
});
afterEach(async () => {
  await stopAll();
  await rm(folder, { recursive: true });
});

test('it starts on an empty folder, and comes back as it was', async () => {
  const first = await start();
  expect(first.setupUrl).toMatch(new RegExp(`^${first.url}/setup#culv_setup_`));
  await stopAll();
  const second = await start(admin);
  expect(second.setupUrl).toBeNull();
  expect((await signIn(second.url)).status).toBe(200);
  const { installationId } = second.deps.settings;
  await stopAll();
  const third = await start();
  expect(third.setupUrl).toBeNull();
  expect(third.deps.settings.installationId).toBe(installationId);
  const signedIn = await signIn(third.url);
  expect(signedIn.headers.get('set-cookie')).toContain(`__Host-Http-culvert-${installationId}=`);
});

test('what is in the data folder is its owner’s alone, and commits reach the disk', async () => {
  const server = await start();
  for (const file of ['culvert.db', 'culvert.db-wal', 'secret.key', 'lock.db']) {
    expect(mode(join(folder, 'data', file)), file).toBe('600');
  }
  expect(mode(join(folder, 'data'))).toBe('700');
  const pragma = async (name: string) =>
    Object.values((await sql.raw(`pragma ${name}`).execute(server.deps.db)).rows[0] ?? {})[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
  await stopAll();
  const again = await start();
  expect(Object.values((await sql`pragma synchronous`.execute(again.deps.db)).rows[0] ?? {})[0]).toBe(2);
});

describe('one line stops the start', () => {
  test('on a folder that another server has, and on nothing after it has gone', async () => {
    await start();
    await expect(start()).rejects.toThrow(/^Another Culvert server is running on the data folder/);
    await stopAll();
    await expect(start()).resolves.toBeDefined();
  });

  test('on a port that another program has', async () => {
    const { deps } = await start();
    const port = new URL(deps.settings.publicUrl).port;
    const { settings } = readSettings(['--port', port, '--data', join(folder, 'other')], {});
    await expect(startServer({ settings, log: quiet })).rejects.toThrow(
      /^CULVERT_PORT: another program listens on/,
    );
    // What it had opened is let go of again.
    const retry = await startServer({ settings: { ...settings, port: 0 }, log: quiet });
    await retry.close();
  });

  test('with a key that the database wasn’t written with', async () => {
    await start();
    await stopAll();
    await expect(start({ CULVERT_SECRET_KEY: key })).rejects.toThrow(/^The secret key is not the one/);
  });
});

describe('a backup', () => {
  test('is written while the server runs, and restored with the key', async () => {
    const { url } = await start({ ...admin, CULVERT_SECRET_KEY: key });
    const file = join(folder, 'backup.db');
    backUp(join(folder, 'data'), file);
    expect(mode(file)).toBe('600');
    expect(existsSync(`${file}.unfinished`)).toBe(false);
    expect(existsSync(join(folder, 'data/secret.key'))).toBe(false);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const copy = new SQLite(file, { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
    await stopAll();

    await rm(join(folder, 'data'), { recursive: true });
    const empty = await start({ CULVERT_SECRET_KEY: key });
    expect((await signIn(empty.url)).status).toBe(401);
    await stopAll();
    await copyFile(file, join(folder, 'data/culvert.db'));
    const restored = await start({ CULVERT_SECRET_KEY: key });
    expect((await signIn(restored.url)).status).toBe(200);
  });

  test('overwrites nothing, and needs a database', async () => {
    await start();
    expect(() => backUp(join(folder, 'data'), join(folder, 'data/lock.db'))).toThrow('exists already');
    expect(() => backUp(join(folder, 'none'), join(folder, 'x.db'))).toThrow('There is no database');
  });
});

test('whoever runs the server makes a link for an admin who has forgotten the password, while it runs', async () => {
  const { url, deps } = await start(admin);
  const flags = ['--data', join(folder, 'data'), '--public-url', url];
  const said = await commands['reset-link']?.run('Root@example.com', flags, {});
  const link = new URL(/http\S+/.exec(said ?? '')?.[0] ?? '');
  expect(link.pathname).toBe('/reset-password');
  const answer = await fetch(`${url}/api/v1/password-resets/accept`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.hash.slice(1), newPassword: 'eleven quiet lanterns' }),
  });
  expect(answer.status).toBe(200);
  expect((await signIn(url)).status).toBe(401);
  const { summary } = await deps.db
    .selectFrom('activity')
    .select('summary')
    .where('actor_kind', '=', 'system')
    .executeTakeFirstOrThrow();
  expect(summary).toBe('Made a link that resets the password of root.');
  await expect(commands['reset-link']?.run('eve@example.com', flags, {})).rejects.toThrow(
    'No account has the email',
  );
});

test('an open event stream delivers over the network, and doesn’t keep the server from ending', async () => {
  const server = await start({ ...admin, CULVERT_ADMIN_TOKEN: key });
  const headers = { authorization: `Bearer ${key}` };
  const { teams } = await (await fetch(`${server.url}/api/v1/session`, { headers })).json();
  const response = await fetch(`${server.url}/api/v1/teams/${teams[0].id}/events`, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('event: hello');
  server.deps.bus.publish(teams[0].id, ['vpns']);
  expect((await reader?.read())?.value).toContain('event: change');
  const ended = reader?.read().catch(() => 'cut');
  await stopAll();
  await ended;
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
});
