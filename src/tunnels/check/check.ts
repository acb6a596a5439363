import type { Verification, VerificationResult } from '../../../contract/verifications.ts';
import { counted } from '../../ui/counted.ts';

/** “ping 10.250.0.5”, “TCP 10.250.0.5:5432”: what was tried. IPv6 addresses stand in brackets before a port. */
export function checkWords({ address, port }: Pick<Verification, 'address' | 'port'>): string {
  if (port === null) return `ping ${address}`;
  return `TCP ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

export type Tally = { running: number; succeeded: number; failed: number };

export function tally(results: readonly Pick<VerificationResult, 'state'>[]): Tally {
  const count: Tally = { running: 0, succeeded: 0, failed: 0 };
  for (const { state } of results) count[state] += 1;
  return count;
}

/** The outcome so far: “2 of 3 replicas reach it, 1 is still trying”. */
export function outcomeWords(results: readonly Pick<VerificationResult, 'state'>[]): string {
  const { running, succeeded } = tally(results);
  const reached = `${succeeded} of ${counted(results.length, 'replica')} reached it`;
  return running === 0 ? reached : `${reached}, ${running} still trying`;
}
