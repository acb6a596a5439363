import { sql, type Kysely } from 'kysely';
import type { Secret } from '../../contract/secretsApi.ts';
import type { Database } from '../db/schema.ts';
import { sha256Hex } from '../tokens.ts';

/** A secret that a workspace gets, without its value. */
export type GivenSecret = {
  id: string;
  name: string;
  level: Secret['level'];
  delivery: Secret['delivery'];
  /** The head of the sealed value: its nonce, which is new whenever a value is set. */
  seal: string;
};

type OfWorkspace = { id: string; team_id: string; owner_id: string };

/** `v1.` and 16 characters of nonce: see server/secretBox.ts. */
const SEAL_HEAD = 19;

/**
 * What of the team's secrets and its owner's own is for this workspace. One that a pipeline made gets the team's that say so, and
 * nothing else: code that nobody has reviewed runs there.
 */
export async function secretsOf(db: Kysely<Database>, workspace: OfWorkspace): Promise<GivenSecret[]> {
  const preview = await db
    .selectFrom('preview')
    .select('id')
    .where('workspace_id', '=', workspace.id)
    .executeTakeFirst();
  let query = db
    .selectFrom('secret')
    .select(['id', 'user_id', 'name', 'as_file'])
    .select(sql<string>`substr(value_sealed, 1, ${SEAL_HEAD})`.as('seal'))
    .where('team_id', '=', workspace.team_id);
  query = preview
    ? query.where('user_id', 'is', null).where('in_previews', '=', 1)
    : query
        .where((eb) => eb.or([eb('user_id', 'is', null), eb('user_id', '=', workspace.owner_id)]))
        .where((eb) =>
          eb.or([
            eb('all_workspaces', '=', 1),
            eb.exists(
              eb
                .selectFrom('secret_workspace')
                .select('secret_workspace.secret_id')
                .whereRef('secret_workspace.secret_id', '=', 'secret.id')
                .where('secret_workspace.workspace_id', '=', workspace.id),
            ),
          ]),
        );
  const rows = await query.orderBy('name').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    level: row.user_id === null ? 'team' : 'member',
    delivery: row.as_file === 1 ? 'file' : 'environment',
    seal: row.seal,
  }));
}

/**
 * Those of them that a replica gets, by name; of two with one name, the owner's own. It gets the owner's own only when it holds a
 * join token that the owner made: else an admin could read a member's secrets with a join command of their own, and whoever hands a
 * workspace over, those of the next owner on a machine of theirs.
 */
export function chooseSecrets(secrets: readonly GivenSecret[], withOwn: boolean): GivenSecret[] {
  const chosen = new Map<string, GivenSecret>();
  for (const secret of secrets.filter(({ level }) => level === 'team')) chosen.set(secret.name, secret);
  if (withOwn) {
    for (const secret of secrets.filter(({ level }) => level === 'member')) chosen.set(secret.name, secret);
  }
  return [...chosen.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Tells sets of secrets apart, values included; nothing of them can be learned from it. 32 characters. */
export async function secretsVersion(chosen: readonly GivenSecret[]): Promise<string> {
  const text = JSON.stringify(chosen.map(({ name, delivery, seal }) => [name, delivery, seal]));
  return (await sha256Hex(text)).slice(0, 32);
}

export const isSecretsVersion = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);
