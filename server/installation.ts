import type { Kysely } from 'kysely';
import type { Database } from './db/schema.ts';
import type { SecretBox } from './deps.ts';
import { newId } from './ids.ts';

/** Short random id of this installation, made at the first start. */
export async function installationId(db: Kysely<Database>): Promise<string> {
  return await settled(db, 'installation_id', async () => newId('team').slice(-8));
}

const KEY_CHECK = { name: 'secret_key_check', context: 'setting:secret_key_check', text: 'culvert' };

/**
 * Whether the secret key is the one that this database was written with: found out at the start, instead of when the
 * first pre-shared key can’t be read.
 */
export async function fitsSecretKey(db: Kysely<Database>, secretBox: SecretBox): Promise<boolean> {
  const sealed = await settled(db, KEY_CHECK.name, () => secretBox.seal(KEY_CHECK.text, KEY_CHECK.context));
  const opened = await secretBox.open(sealed, KEY_CHECK.context).catch(() => null);
  return opened === KEY_CHECK.text;
}

/** The stored value of the installation; `make` gives it at the first start, of several servers at once to one. */
async function settled(db: Kysely<Database>, name: string, make: () => Promise<string>): Promise<string> {
  const read = () => db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  const stored = await read();
  if (stored) return stored.value;
  await db
    .insertInto('setting')
    .values({ name, value: await make() })
    .onConflict((on) => on.column('name').doNothing())
    .execute();
  return (await read())?.value ?? '';
}
