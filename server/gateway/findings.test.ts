import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFindings } from './findings.ts';
import { createPortWorld, type PortWorld, type TestPort } from './testing/portWorld.ts';

describe('findings are kept', () => {
  test('until something changes', () => {
    let state: string | null = '1';
    const findings = createFindings<string>(() => state);
    findings.beforeLooking()('key', 'found');
    expect(findings.get('key')).toBe('found');
    state = '2';
    expect(findings.get('key')).toBeUndefined();
  });

  test('not where something changed while they were found', () => {
    let state: string | null = '1';
    const findings = createFindings<string>(() => state);
    const keep = findings.beforeLooking();
    state = '2';
    keep('key', 'found');
    expect(findings.get('key')).toBeUndefined();
  });

  test('not while nobody knows, nor from then', () => {
    let state: string | null = null;
    const findings = createFindings<string>(() => state);
    const keep = findings.beforeLooking();
    state = '1';
    keep('early', 'found');
    findings.beforeLooking()('key', 'found');
    state = null;
    expect(findings.get('key')).toBeUndefined();
    findings.beforeLooking()('late', 'found');
    state = '1';
    expect(['early', 'key', 'late'].map(findings.get)).toEqual([undefined, undefined, undefined]);
  });

  test('in bounded number', () => {
    const findings = createFindings<number>(() => '1');
    for (let n = 0; n < 5000; n += 1) findings.beforeLooking()(`key ${n}`, n);
    const left = Array.from({ length: 5000 }, (_, n) => findings.get(`key ${n}`)).filter(Number.isFinite);
    expect(left.length).toBeLessThanOrEqual(2000);
    expect(left.at(-1)).toBe(4999);
  });

  test('not under a long key: who asks chooses it', () => {
    const findings = createFindings<string>(() => '1');
    const [usual, long] = ['k'.repeat(1023), 'k'.repeat(1024)];
    for (const key of [usual, long]) findings.beforeLooking()(key, 'found');
    expect([usual, long].map(findings.get)).toEqual(['found', undefined]);
  });
});

let folder: string;
let world: PortWorld;
let elsewhere: SQLite.Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'findings-'));
  const file = join(folder, 'culvert.db');
  world = await createPortWorld({}, file);
  elsewhere = new SQLite(file);
});
afterEach(async () => {
  elsewhere.close();
  await world.db.destroy();
  rmSync(folder, { recursive: true });
});

type Who = 'owner' | 'member' | 'nobody' | 'script';
const shown = async (port: TestPort, who: Who): Promise<Record<string, string>> => {
  if (who === 'nobody') return {};
  if (who === 'script') return { 'culvert-token': await world.giveApiToken(world.owner.id) };
  return { cookie: await world.giveCookie(port, world[who].id) };
};

/** `passes`, or the code of the refusal, with how often the database was asked. */
async function ask(port: { label: string }, headers: Record<string, string>): Promise<[string, number]> {
  const asked = vi.spyOn(world.db.getExecutor(), 'executeQuery');
  const verdict = await world.admit(port, { kind: 'fetch', headers });
  const queries = asked.mock.calls.length;
  asked.mockRestore();
  const outcome =
    verdict.kind === 'forward' ? 'passes' : (verdict.response.headers.get('culvert-problem') ?? '');
  return [outcome, queries];
}

async function letIn(visibility: 'private' | 'organization' | 'public', who: Who) {
  const port = await world.addPort({ visibility });
  const headers = await shown(port, who);
  // The first use of an API token is noted, which is a change.
  await ask(port, headers);
  expect((await ask(port, headers))[0]).toBe('passes');
  expect(await ask(port, headers)).toEqual(['passes', 0]);
  return { port, headers };
}

const endings: [string, 'private' | 'organization' | 'public', Who, string, string][] = [
  ['becomes private', 'public', 'nobody', "update port set visibility = 'private'", 'not_signed_in'],
  ['becomes private', 'organization', 'member', "update port set visibility = 'private'", 'no_such_port'],
  ['is stopped', 'private', 'owner', 'update port set forwarded = 0', 'not_signed_in'],
  ['is deleted', 'public', 'nobody', 'delete from port', 'not_signed_in'],
  ['has a new epoch', 'private', 'owner', 'update port set access_epoch = 2', 'not_signed_in'],
  ['may be nobody’s', 'public', 'nobody', 'update team set allow_public_ports = 0', 'not_signed_in'],
  [
    'may be private',
    'organization',
    'member',
    'update team set allow_organization_ports = 0',
    'no_such_port',
  ],
  ['has lost a member', 'organization', 'member', "delete from member where role = 'member'", 'no_such_port'],
  ['has lost its owner', 'private', 'script', "delete from member where role = 'member'", 'no_such_port'],
  ['has another owner', 'private', 'owner', "update workspace set owner_id = '$admin'", 'no_such_port'],
  ['has another owner', 'private', 'script', "update workspace set owner_id = '$admin'", 'no_such_port'],
  ['is of no workspace', 'public', 'nobody', 'delete from workspace', 'not_signed_in'],
  ['is signed out of', 'private', 'owner', "delete from token where kind = 'port'", 'not_signed_in'],
  ['has no session', 'private', 'owner', "delete from token where kind = 'session'", 'not_signed_in'],
  [
    'has a dead session',
    'organization',
    'member',
    "update token set revoked_at = '2026' where kind = 'session'",
    'not_signed_in',
  ],
  [
    'has a dead token',
    'private',
    'script',
    "update token set revoked_at = '2026' where kind = 'api'",
    'token_invalid',
  ],
  ['has no replica', 'public', 'nobody', 'update replica set connection = null', 'replica_offline'],
];

describe.each(['this connection', 'another connection', 'a transaction'] as const)(
  'the next request sees what %s has changed: the port',
  (by) => {
    async function write(text: string): Promise<void> {
      const statement = text.replace('$admin', world.admin.id);
      if (by === 'another connection') elsewhere.exec(statement);
      else if (by === 'this connection') await sql.raw(statement).execute(world.db);
      else await world.db.transaction().execute(async (trx) => void (await sql.raw(statement).execute(trx)));
    }

    test.each(endings)('%s (%s, %s)', async (_what, visibility, who, text, code) => {
      const { port, headers } = await letIn(visibility, who);
      await write(text);
      expect((await ask(port, headers))[0]).toBe(code);
      expect((await ask(port, headers))[0]).toBe(code);
    });
  },
);

test.each([
  ['committed', 'not_signed_in'],
  ['undone', 'passes'],
])('what a transaction writes, and is %s: %s', async (how, code) => {
  const { port, headers } = await letIn('public', 'nobody');
  const during = Promise.withResolvers<[string, number]>();
  const transaction = world.db.transaction().execute(async (trx) => {
    await sql`update port set visibility = 'private'`.execute(trx);
    // It waits for the connection, and so for the end of the transaction.
    void ask(port, headers).then(during.resolve, during.reject);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (how === 'undone') throw new Error('Undone.');
  });
  await transaction.catch(() => undefined);
  expect((await during.promise)[0]).toBe(code);
  expect((await ask(port, headers))[0]).toBe(code);
});

test.each([
  ['a cookie’s three hours', "update token set expires_at = '$then' where kind = 'port'", 'owner'],
  ['its session', "update token set expires_at = '$then' where kind = 'session'", 'owner'],
  ['its session, unused', "update token set idle_expires_at = '$then' where kind = 'session'", 'owner'],
  ['an API token', "update token set expires_at = '$then' where kind = 'api'", 'script'],
  ['an API token, unused', "update token set idle_expires_at = '$then' where kind = 'api'", 'script'],
] as const)('the end of %s is noticed though nothing changes', async (_what, text, who) => {
  const { port, headers } = await letIn('private', who);
  const end = world.clock.now() + 30_000;
  elsewhere.exec(text.replace('$then', new Date(end).toISOString()));
  await ask(port, headers);
  world.clock.advance(29_999);
  expect(await ask(port, headers)).toEqual(['passes', 0]);
  world.clock.advance(1);
  expect((await ask(port, headers))[0]).toBe(who === 'owner' ? 'not_signed_in' : 'token_invalid');
});

test('the use of an API token is noted again after a minute', async () => {
  const { port, headers } = await letIn('private', 'script');
  world.clock.advance(61_000);
  await ask(port, headers);
  const { last_used_at } = await world.db
    .selectFrom('token')
    .select('last_used_at')
    .where('kind', '=', 'api')
    .executeTakeFirstOrThrow();
  expect(last_used_at).toBe(new Date(world.clock.now()).toISOString());
});

test('what was found for one viewer serves no other', async () => {
  const { port } = await letIn('private', 'owner');
  expect((await ask(port, {}))[0]).toBe('not_signed_in');
  expect((await ask(port, { cookie: await world.giveCookie(port, world.member.id) }))[0]).toBe(
    'no_such_port',
  );
  const other = await world.addPort({ number: 4000 });
  expect((await ask(other, { cookie: await world.giveCookie(port, world.owner.id) }))[0]).toBe(
    'not_signed_in',
  );
});

test('who is refused can’t tell by the queries whether somebody else is at the port', async () => {
  const { port } = await letIn('private', 'owner');
  const [, there] = await ask(port, {});
  const [, again] = await ask(port, {});
  const [, nowhere] = await ask({ label: 'zzzzzzzzzz' }, {});
  expect([there, again]).toEqual([nowhere, nowhere]);
});
