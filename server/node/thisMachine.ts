import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Activity } from '../../contract/team.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { addWorkspace } from '../workspaces/createWorkspace.ts';
import { addJoinToken } from '../workspaces/joinTokens.ts';

const NAME = 'this-machine';

/** What was made, once: a workspace that its team deletes is not made again. */
const Made = z.object({ workspaceId: z.string(), dismissed: z.boolean() });
type Made = z.infer<typeof Made>;

/** What an agent on the server's own machine starts with. */
export type ThisMachine = { stateDir: string; tokenFile: string };

const files = (data: string) => ({
  folder: join(data, NAME),
  record: join(data, NAME, 'workspace.json'),
  tokenFile: join(data, NAME, 'join-token'),
  stateDir: join(data, NAME, 'agent'),
});

/**
 * Makes the machine that the server runs on the first workspace of the first team, owned by its first admin, so that
 * there is something real to look at. `<data>/this-machine` remembers it and holds the agent's state.
 *
 * @param data the data folder, as an absolute path
 * @returns null while there is no team, and after the workspace was deleted or its agent was sent away
 */
export async function prepareThisMachine(
  deps: Pick<Deps, 'db' | 'clock' | 'bus'>,
  data: string,
): Promise<ThisMachine | null> {
  const { db, clock, bus } = deps;
  const { folder, record, tokenFile, stateDir } = files(data);
  const made = await readMade(record);
  if (made) return !made.dismissed && (await exists(db, made.workspaceId)) ? { stateDir, tokenFile } : null;

  const admin = await firstAdmin(db);
  if (!admin) return null;
  const actor: Activity['actor'] = { kind: 'user', id: admin.userId, name: admin.name };
  const { workspaceId, token } = await db.transaction().execute(async (trx) => {
    const { teamId, userId } = admin;
    const workspace = { teamId, name: NAME, ownerId: userId, actor };
    // It is there already when an earlier start ended just before it wrote the record.
    const id = (await findNamed(trx, teamId)) ?? (await addWorkspace(trx, clock, workspace));
    const named = { id, team_id: teamId, name: NAME };
    const { text } = await addJoinToken(trx, clock, named, {
      name: 'This machine',
      createdBy: userId,
      actor,
    });
    return { workspaceId: id, token: text };
  });
  bus.publish(admin.teamId, ['workspaces', `workspace:${workspaceId}`, 'activity']);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(tokenFile, `${token}\n`, { mode: 0o600 });
  await writeMade(record, { workspaceId, dismissed: false });
  return { stateDir, tokenFile };
}

/** The server sent this machine's agent away, on somebody's wish: it isn't started again. */
export async function dismissThisMachine(data: string): Promise<void> {
  const { record } = files(data);
  const made = await readMade(record);
  if (made) await writeMade(record, { ...made, dismissed: true });
}

async function readMade(record: string): Promise<Made | null> {
  const text = await readFile(record, 'utf8').catch(() => null);
  return text === null ? null : Made.parse(JSON.parse(text));
}

const writeMade = (record: string, made: Made) =>
  writeFile(record, `${JSON.stringify(made)}\n`, { mode: 0o600 });

async function exists(db: Kysely<Database>, workspaceId: string): Promise<boolean> {
  const row = await db.selectFrom('workspace').select('id').where('id', '=', workspaceId).executeTakeFirst();
  return row !== undefined;
}

async function findNamed(trx: Kysely<Database>, teamId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('workspace')
    .select('id')
    .where('team_id', '=', teamId)
    .where('name', '=', NAME)
    .executeTakeFirst();
  return row?.id ?? null;
}

const firstAdmin = (db: Kysely<Database>) =>
  db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select(['member.team_id as teamId', 'user.id as userId', 'user.name'])
    .where('member.role', '=', 'admin')
    .orderBy('member.joined_at')
    .orderBy('user.id')
    .executeTakeFirst();
