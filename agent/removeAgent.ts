import { stat } from 'node:fs/promises';
import type { Clock } from './ipsec/clock.ts';
import type { Ipsec, IpsecOptions } from './ipsec/ipsec.ts';
import type { Log } from './log.ts';
import { forgetGiven } from './secrets/givenSecrets.ts';
import { removeState } from './state.ts';
import { lockState } from './stateLock.ts';

/**
 * Undoes a stopped agent: ends a charon that lived on with its tunnels, and deletes secrets and state. Nothing to do without
 * a state folder.
 *
 * @throws StateError while an agent is at work in the folder
 */
export async function removeAgent(options: {
  stateDir: string;
  log: Log;
  clock: Clock;
  createIpsec: (options: IpsecOptions) => Ipsec;
}): Promise<void> {
  const { stateDir, log, clock } = options;
  const there = await stat(stateDir).catch(() => null);
  if (!there?.isDirectory()) return;
  const unlock = await lockState(stateDir);
  const ipsec = options.createIpsec({
    stateDir,
    log,
    clock,
    onReport: () => undefined,
    onCapability: () => undefined,
  });
  await ipsec.close({ keepTunnels: false });
  await forgetGiven(stateDir);
  await unlock();
  await removeState(stateDir);
  log.info({ state: stateDir }, 'Tunnels, keys, secrets and state of the agent are gone.');
}
