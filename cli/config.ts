import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from './cliError.ts';

/** A sign-in: a token acts in one team. */
export type SignedInTeam = {
  id: string;
  name: string;
  token: string;
  user: { id: string; name: string };
  expiresAt: string | null;
};

/** Of one server: its teams, and the one that is meant when none is named. */
export type KnownServer = { team: string; teams: SignedInTeam[] };

/** `server`: the address that is meant when none is named. `servers`: by address, as `serverOrigin` writes it. */
export type Config = { server: string | null; servers: Record<string, KnownServer> };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isTeam(value: unknown): value is SignedInTeam {
  if (!isRecord(value) || !isRecord(value['user'])) return false;
  const { id, name, token, user, expiresAt } = value;
  const texts = [id, name, token, user['id'], user['name']];
  return (
    texts.every((text) => typeof text === 'string') && (expiresAt === null || typeof expiresAt === 'string')
  );
}

const isServer = (value: unknown): value is KnownServer =>
  isRecord(value) &&
  typeof value['team'] === 'string' &&
  Array.isArray(value['teams']) &&
  value['teams'].every(isTeam);

/** @throws CliError where the file is there and can't be read, or isn't what `writeConfig` writes */
export async function readConfig(path: string): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CliError(`${path} can’t be read: ${error.message}.`);
  });
  if (text === null) return { server: null, servers: {} };
  const broken = new CliError(`${path} is damaged.`, { advice: 'Delete it, then sign in: culvert login' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken;
  }
  if (!isRecord(value) || !isRecord(value['servers'])) throw broken;
  const servers: Record<string, KnownServer> = {};
  for (const [address, server] of Object.entries(value['servers'])) {
    if (!isServer(server)) throw broken;
    servers[address] = server;
  }
  return { server: typeof value['server'] === 'string' ? value['server'] : null, servers };
}

/**
 * Replaces the file in one step. It holds tokens: nobody but this user may read it.
 *
 * @throws CliError where it can’t be written
 */
export async function writeConfig(path: string, config: Config): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    throw new CliError(
      `${path} can’t be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
