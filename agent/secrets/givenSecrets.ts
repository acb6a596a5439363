import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../atomicFile.ts';
import { objectOf, orNull, text } from '../shapes.ts';
import { removeSecrets } from './secretFolder.ts';

/** That secrets were put somewhere: in which run of the replica, and into which folder. Nothing of the secrets themselves. */
export type GivenSecrets = {
  boot: string;
  folder: string;
  id: string;
  /** Their version, as long as the server doesn't know that they are there. */
  untold: string | null;
};
const isGiven = objectOf<GivenSecrets>({ boot: text, folder: text, id: text, untold: orNull(text) });

const pathIn = (stateDir: string): string => join(stateDir, 'secrets.json');

/** What this agent wrote down last; null: nothing, or nothing readable. */
export async function readGiven(stateDir: string): Promise<GivenSecrets | null> {
  try {
    const given: unknown = JSON.parse(await readFile(pathIn(stateDir), 'utf8'));
    return isGiven(given) ? given : null;
  } catch {
    return null;
  }
}

/** @throws the system's error when it can't be written */
export const storeGiven = (stateDir: string, given: GivenSecrets): Promise<void> =>
  writeAtomically(pathIn(stateDir), JSON.stringify(given));

/**
 * Takes away the secrets that were given last, if they are still this agent's, and the note of them.
 *
 * @throws the system's error when something can't be removed
 */
export async function forgetGiven(stateDir: string): Promise<void> {
  const given = await readGiven(stateDir);
  if (given) await removeSecrets(given.folder, given.id);
  await rm(pathIn(stateDir), { force: true });
}
