import { stat, statfs } from 'node:fs/promises';
import { reconnectDelay } from '../backoff.ts';
import type { Clock } from '../ipsec/clock.ts';
import type { Log } from '../log.ts';
import type { Identity } from '../state.ts';
import { fetchSecrets } from './fetchSecrets.ts';
import { forgetGiven, readGiven, storeGiven } from './givenSecrets.ts';
import type { GivenSecrets } from './givenSecrets.ts';
import { folderId, writeSecrets } from './secretFolder.ts';
import type { Owner } from './secretFolder.ts';
import type { SecretsServer } from './sendForSecrets.ts';
import { tellKept } from './tellKept.ts';

/** The replica's secrets: fetched once for each of its runs, and kept where `culvert run` and login shells find them. */
export type Secrets = {
  /** The server has let this replica in: fetches them unless this run of the replica has them. */
  connected(): void;
  disconnected(): void;
  /** Fetches no more. What was fetched stays, for the next agent of this run. */
  close(): Promise<void>;
  /** Takes them away: this replica is none any more. Never rejects; what stays is logged. */
  remove(): Promise<void>;
};

export function createSecrets(options: {
  server: URL;
  token: () => string;
  identity: Identity;
  /** Which run of the replica this is. */
  boot: string;
  /** The working folder, whose owner is given them. */
  workingFolder: string;
  /** Where they go. */
  folder: string;
  stateDir: string;
  log: Log;
  clock: Clock;
  random: () => number;
}): Secrets {
  const { boot, folder, stateDir, log, clock } = options;
  const ending = new AbortController();
  let online = false;
  let working: Promise<void> | null = null;
  let cancelRetry = (): void => undefined;
  let lastProblem = '';

  /** What this run of the replica has been given; null: nothing, or it is gone. */
  const givenNow = async (): Promise<GivenSecrets | null> => {
    const given = await readGiven(stateDir);
    return given?.boot === boot && (await idOf(given.folder)) === given.id ? given : null;
  };

  /** Null: there is nothing to have. */
  const give = async (from: SecretsServer): Promise<GivenSecrets | null> => {
    // Of an earlier run: what was deleted or changed since then must not live on.
    await forgetGiven(stateDir);
    const fetched = await fetchSecrets(from);
    if (fetched.kind === 'unknown' || from.signal.aborted) return null;
    if (fetched.kind === 'failed') throw new Error(fetched.problem);
    const { version, items } = fetched.secrets;
    const id = await writeSecrets(folder, items, await ownerOf(options.workingFolder));
    const given = { boot, folder, id, untold: version };
    await storeGiven(stateDir, given);
    log.info({ secrets: items.length, folder }, 'The secrets of this replica are there.');
    if (items.length > 0 && !(await isInMemory(folder))) {
      log.warn({ folder }, 'The secrets lie on a disk: this folder is in no tmpfs.');
    }
    return given;
  };

  const giveAndTell = async (): Promise<void> => {
    const { server, identity } = options;
    const from = { server, identity, token: options.token(), signal: ending.signal };
    const given = (await givenNow()) ?? (await give(from));
    if (given === null || given.untold === null) return;
    await tellKept(from, given.untold);
    await storeGiven(stateDir, { ...given, untold: null });
  };

  const attempt = async (tries: number): Promise<void> => {
    let done = false;
    try {
      await giveAndTell();
      done = true;
    } catch (error) {
      if (ending.signal.aborted) return;
      const problem = error instanceof Error ? error.message : String(error);
      const what = (await givenNow())
        ? 'The server can’t be told that the secrets are there. Trying again.'
        : 'The secrets can’t be had. Trying again.';
      if (problem !== lastProblem) log.warn({ problem, folder }, what);
      lastProblem = problem;
    }
    working = null;
    if (done || !online || ending.signal.aborted) return;
    cancelRetry = clock.after(reconnectDelay(tries, options.random()), () => start(tries + 1));
  };

  const start = (tries: number): void => {
    cancelRetry();
    if (working === null && online && !ending.signal.aborted) working = attempt(tries);
  };

  const close = async (): Promise<void> => {
    ending.abort();
    cancelRetry();
    await working;
  };

  return {
    connected: () => {
      online = true;
      start(0);
    },
    disconnected: () => {
      online = false;
      cancelRetry();
    },
    close,
    remove: async () => {
      await close();
      try {
        await forgetGiven(stateDir);
      } catch (error) {
        log.error({ error, folder }, 'The secrets could not be removed.');
      }
    },
  };
}

async function idOf(folder: string): Promise<string | null> {
  const found = await stat(folder, { bigint: true }).catch(() => null);
  return found && folderId(found);
}

/** statfs(2): tmpfs and ramfs. */
const memoryTypes = [0x01021994, 0x858458f6];
const isInMemory = async (folder: string): Promise<boolean> =>
  memoryTypes.includes((await statfs(folder)).type);

/** Only root can give files away. */
async function ownerOf(folder: string): Promise<Owner> {
  if (process.geteuid?.() !== 0) return null;
  const found = await stat(folder).catch(() => null);
  return found && { uid: found.uid, gid: found.gid };
}
