import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { secretFiles, SECRETS_FOLDER } from '../../contract/secretDelivery.ts';
import type { KeptSecret } from '../../contract/secretDelivery.ts';
import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';

/**
 * The secrets that an agent delivered to this machine, for the user who runs this.
 *
 * @param folder where; undefined: the usual place
 * @throws CliError where there are none (not found), or where they are somebody else's (forbidden): what another user may write must not
 *   become the environment of a program of this one, root's above all
 */
export function readDelivered(folder: string = SECRETS_FOLDER): KeptSecret[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    throw new CliError(`No secrets were delivered here: there is no ${folder}.`, {
      exit: exitCodes.notFound,
      code: 'no_secrets_here',
      advice:
        'A replica’s agent puts them there once it is connected. See its log; culvert secret list --for <workspace> says what it gets.',
    });
  }
  if (found.uid !== process.geteuid?.()) {
    const user = userName(found.uid);
    throw new CliError(`The secrets in ${folder} are for the user ${user}.`, {
      exit: exitCodes.forbidden,
      code: 'secrets_of_another_user',
      advice: `Run it as that user: sudo -u ${user} culvert run -- …`,
    });
  }
  const kept = parse(readFileSync(join(folder, secretFiles.all), 'utf8'));
  if (kept) return kept;
  throw new CliError(`${join(folder, secretFiles.all)} is damaged.`, {
    code: 'secrets_damaged',
    advice: 'Delete it and restart the agent: it fetches the secrets again.',
  });
}

/** Never with the parser's own words, which quote what they read. */
function parse(text: string): KeptSecret[] | null {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('items' in kept)) return null;
    return Array.isArray(kept.items) && kept.items.every(isKept) ? kept.items : null;
  } catch {
    return null;
  }
}

const isKept = (item: unknown): item is KeptSecret =>
  typeof item === 'object' &&
  item !== null &&
  'name' in item &&
  typeof item.name === 'string' &&
  'value' in item &&
  typeof item.value === 'string';

/** passwd(5); `#1000` is what sudo takes for a user that has no name. */
function userName(uid: number): string {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = lines.map((text) => text.split(':')).find((fields) => fields[2] === String(uid));
  return line?.[0] ?? `#${uid}`;
}
