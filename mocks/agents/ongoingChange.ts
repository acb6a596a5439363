import type { ChangeReport, DesiredVpn } from '../../contract/agentProtocol.ts';
import type { ChangeOutcome } from './outcome.ts';

/** A change that a scripted agent tries out, or did last. */
export type OngoingChange = {
  vpn: DesiredVpn;
  report: ChangeReport;
  /** Cancels its end. */
  cancel: () => void;
};

/** Whether a tunnel with the settings of one revision needs nothing to have those of the other. */
export const sameSettings = (one: DesiredVpn, other: DesiredVpn): boolean =>
  JSON.stringify({ ...one, name: '', revision: 0 }) === JSON.stringify({ ...other, name: '', revision: 0 });

/** `now` in milliseconds since the epoch. */
export const tryingReport = ({ revision }: DesiredVpn, now: number): ChangeReport => ({
  revision,
  state: 'trying',
  reason: null,
  diagnosis: null,
  at: new Date(now).toISOString(),
});

/** What became of it, in the agent's words. */
export function settledReport(vpn: DesiredVpn, outcome: ChangeOutcome, now: number): ChangeReport {
  const report = tryingReport(vpn, now);
  if (outcome === 'kept') return { ...report, state: 'kept' };
  if (outcome === 'slow') return { ...report, state: 'went-back', reason: 'timeout' };
  return { ...report, state: 'went-back', reason: outcome.wentBack, diagnosis: outcome.diagnosis };
}
