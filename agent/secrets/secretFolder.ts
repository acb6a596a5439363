import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { chown, mkdir, open, readdir, rename, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretFiles } from '../../contract/secretDelivery.ts';
import type { KeptSecrets } from '../../contract/secretDelivery.ts';
import type { DeliveredSecrets } from '../../contract/secretsApi.ts';
import { shellText } from './shellText.ts';

/** Whose the files are to be; null: of whoever runs the agent. */
export type Owner = { uid: number; gid: number } | null;

/**
 * Puts secrets into `folder`, in the place of what is there: made beside it, handed to `owner` (0700, files 0600) and renamed, so
 * that whoever reads sees all of them or none.
 *
 * @returns which folder it is: see folderId
 * @throws the system's error when the folder can't be made; then nothing of the secrets stays
 */
export async function writeSecrets(
  folder: string,
  items: DeliveredSecrets['items'],
  owner: Owner,
): Promise<string> {
  const draft = `${folder}.${process.pid}.draft`;
  await removeSecrets(draft);
  try {
    await mkdir(draft, { mode: 0o700 });
    await mkdir(join(draft, secretFiles.folder), { mode: 0o700 });
    const written: string[] = [];
    const write = async (name: string, content: string): Promise<void> => {
      const path = join(draft, name);
      await writeFile(path, content, { flag: 'wx', mode: 0o600 });
      written.push(path);
    };
    const kept: KeptSecrets = { items: [] };
    for (const { name, value, delivery } of items) {
      if (delivery === 'environment') {
        kept.items.push({ name, value, delivery });
        continue;
      }
      const path = join(secretFiles.folder, name);
      await write(path, value);
      kept.items.push({ name, value: join(folder, path), delivery });
    }
    await write(secretFiles.shell, shellText(kept.items));
    await write(secretFiles.all, JSON.stringify(kept));
    if (owner) {
      // The folder itself last: until then nobody but the agent gets in.
      for (const path of [...written, join(draft, secretFiles.folder), draft]) {
        await chown(path, owner.uid, owner.gid);
      }
    }
    await removeSecrets(folder);
    await rename(draft, folder);
  } catch (error) {
    await removeSecrets(draft);
    throw error;
  }
  return folderId(await stat(folder, { bigint: true }));
}

/** Tells a folder from another one that is in its place later: inodes are used again, and not everywhere is it known when one was made. */
export const folderId = ({ ino, birthtimeNs }: Pick<BigIntStats, 'ino' | 'birthtimeNs'>): string =>
  `${ino}-${birthtimeNs}`;

/**
 * Takes such a folder away, if it is there. It belongs to somebody who may have put anything into it since, links too: so it is taken
 * from them first, nothing in it is followed, and only what this file makes is looked for.
 *
 * @param id only where it is this one; left out: any
 * @throws the system's error when something in it can't be removed
 */
export async function removeSecrets(folder: string, id?: string): Promise<void> {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const handle = await open(folder, flags).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return;
  try {
    if (id !== undefined && folderId(await handle.stat({ bigint: true })) !== id) return;
    if (process.geteuid?.() === 0) await handle.chown(0, 0);
    await handle.chmod(0o700);
  } finally {
    await handle.close();
  }
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      await unlink(path);
      continue;
    }
    for (const name of await readdir(path)) await unlink(join(path, name));
    await rmdir(path);
  }
  await rmdir(folder);
}
