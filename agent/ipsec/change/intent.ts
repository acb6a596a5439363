import type { ChangeReport, DesiredVpn, SafeChange } from '../../../contract/agentProtocol.ts';

/** What became of a change, kept on disk. `key` tells which change: the revision, and a fingerprint of the settings. */
export type ChangeRecord = { vpnId: string; key: string; deadline: number; report: ChangeReport };

export type Intent = {
  /** What has to run now: with a change that isn't decided yet, what ran before. */
  runs: 'wanted' | 'previous';
  /** What is kept of this VPN's change from now on. */
  record: ChangeRecord | null;
};

/**
 * What a VPN that is wanted asks for. A change that went back isn't tried again while the same is wanted; being wanted
 * otherwise in between, or without a trial, forgets it.
 *
 * @param key of what is wanted
 * @param unchanged what is wanted needs no other tunnel than what ran before
 */
export function intentOf(
  record: ChangeRecord | null,
  key: string,
  wanted: DesiredVpn,
  change: SafeChange | null,
  { now, unchanged }: { now: number; unchanged: boolean },
): Intent {
  const known = record?.key === key ? record : null;
  if (change === null) {
    const kept = known?.report.state === 'kept' ? known : null;
    return { runs: 'wanted', record: kept };
  }
  if (known?.report.state === 'kept') return { runs: 'wanted', record: known };
  if (known !== null) {
    // A clock that was set back doesn't make the limit longer.
    const deadline = Math.min(known.deadline, now + change.limitMs);
    return { runs: 'previous', record: { ...known, deadline } };
  }
  const state = unchanged ? 'kept' : 'trying';
  const at = new Date(now).toISOString();
  const report: ChangeReport = { revision: wanted.revision, state, reason: null, diagnosis: null, at };
  return {
    runs: unchanged ? 'wanted' : 'previous',
    record: { vpnId: wanted.id, key, deadline: now + change.limitMs, report },
  };
}
