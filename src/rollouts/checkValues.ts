import { ROLLOUT_LIMIT_SECONDS, type RolloutCheck } from '../../contract/rollouts.ts';
import type { Verification } from '../../contract/verifications.ts';
import { parseVerifyAddress } from '../../contract/verifyAddress.ts';
import { durationWords } from '../ui/durationWords.ts';
import { toPort } from '../tunnels/check/port.ts';

/** How a replica is known to be through, as the dialogs hold it. `limitSeconds` is NaN while no number is typed. */
export type CheckValues = { address: string; port: string; limitSeconds: number };

export const noCheck: CheckValues = { address: '', port: '', limitSeconds: ROLLOUT_LIMIT_SECONDS.usual };

/** For react-hook-form: true, or why the address is refused. None is fine, as long as no port is typed. */
export function addressRefusal(
  { address, port }: Pick<CheckValues, 'address' | 'port'>,
  peerSubnets: readonly string[],
): true | string {
  if (address.trim() === '')
    return port.trim() === '' || 'Enter the address that the port belongs to, or leave both empty.';
  const parsed = parseVerifyAddress(address, peerSubnets);
  return parsed.ok || parsed.refusal.message;
}

export function limitRefusal(seconds: number): true | string {
  if (!Number.isInteger(seconds)) return 'Enter a whole number of seconds.';
  if (seconds < ROLLOUT_LIMIT_SECONDS.min) return `Use at least ${ROLLOUT_LIMIT_SECONDS.min} seconds.`;
  return seconds <= ROLLOUT_LIMIT_SECONDS.max || `Use at most ${ROLLOUT_LIMIT_SECONDS.max / 60} minutes.`;
}

/** For a sentence: “60 seconds”. */
export const limitWords = (seconds: number): string =>
  Number.isFinite(seconds) ? durationWords(seconds) : 'the time limit';

/** What the API takes. Call it with accepted values. */
export const toCheck = ({ address, port }: CheckValues): RolloutCheck | null =>
  address.trim() === '' ? null : { address: address.trim(), port: toPort(port) };

/** The newest check that a replica passed, where its address is still behind the gateway. */
export function lastAnswered(
  verifications: readonly Pick<Verification, 'address' | 'port' | 'results'>[],
  peerSubnets: readonly string[],
): RolloutCheck | undefined {
  const found = verifications.find(
    ({ address, results }) =>
      results.some(({ state }) => state === 'succeeded') && parseVerifyAddress(address, peerSubnets).ok,
  );
  return found && { address: found.address, port: found.port };
}
