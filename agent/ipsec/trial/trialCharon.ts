import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endSas } from '../attempt.ts';
import { charonPaths, startCharon, stopCharon } from '../charon.ts';
import { charonConfig } from '../charonConfig.ts';
import type { Clock } from '../clock.ts';
import { openSession, type Session } from '../session.ts';
import { trialSettings } from './trialSettings.ts';

type TrialCharonOptions = {
  /** The agent's state folder. */
  stateDir: string;
  program: string;
  backend: 'kernel' | 'libipsec';
  clock: Clock;
  /** Of the connection that `work` loads. */
  connection: string;
};

const trialFolder = (stateDir: string): string => join(stateDir, 'trial');

/**
 * Runs `work` with a charon of its own, which is gone again when this resolves or rejects; a gateway that let it in is told
 * so. Whatever comes out of its TUN interface would have to match a policy, and it has none: the firewall has nothing
 * to stop there. Rejects with CharonError when it doesn't come up.
 */
export async function withTrialCharon<Result>(
  { stateDir, program, backend, clock, connection }: TrialCharonOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const paths = charonPaths(trialFolder(stateDir));
  try {
    const process = await startCharon(program, paths, charonConfig(paths, backend, trialSettings));
    const session = await openSession({
      socket: paths.socket,
      process,
      tunInterface: null,
      carriesTraffic: false,
      clock,
    });
    try {
      return await work(session);
    } finally {
      // When charon is gone, so is what it had.
      await endSas(session, connection).catch(() => undefined);
      session.close();
    }
  } finally {
    await clearTrial(stateDir);
  }
}

/** Ends and removes a trial's charon with all that belongs to it, also one that an earlier agent left behind. */
export async function clearTrial(stateDir: string): Promise<void> {
  const folder = trialFolder(stateDir);
  const paths = charonPaths(folder);
  await stopCharon(paths);
  for (const left of [paths.folder, folder]) await rm(left, { recursive: true, force: true });
}
