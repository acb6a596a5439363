import type { DesiredVpn } from '../../../contract/agentProtocol.ts';
import type { Evidence } from '../../../contract/diagnoses.ts';
import type { IpsecCapability } from '../../../contract/workspaces.ts';
import { endSas, runAttempt } from '../attempt.ts';
import type { Clock } from '../clock.ts';
import { probeName } from '../connections.ts';
import { isAmbiguous, probeIdentity } from '../identityProbe.ts';
import { liveSasOf } from '../liveSas.ts';
import { loadVpn } from '../loading.ts';
import type { Session } from '../session.ts';
import { TunnelStatus } from '../tunnelStatus.ts';
import type { LogLine } from '../vici/client.ts';
import { failedAt, reachedPhase, type TrialOutcome } from './trialOutcome.ts';

/** IKEv1: what is INSTALLED here may be refused by the gateway right after. */
const SETTLE_MS = 1000;

type HandshakeOptions = {
  clock: Clock;
  capability: IpsecCapability;
  /** Ends it with what is known by then. */
  signal: AbortSignal;
};

/**
 * One attempt with these settings, judged as a tunnel's attempt is. Resolves as soon as the outcome is certain and leaves
 * what was set up to the caller to end. Rejects with ViciError when charon goes away.
 */
export async function tryHandshake(
  session: Session,
  vpn: DesiredVpn,
  { clock, capability, signal }: HandshakeOptions,
): Promise<TrialOutcome> {
  const status = new TunnelStatus(vpn, { clock, capability: () => capability, onChange: () => undefined });
  const refusal = await loadVpn(session, vpn);
  if (refusal !== null) return failedAt(null, status.whyFailed({ refusal, identityProbe: null }));

  const certain = new AbortController();
  const take = (line: LogLine, source: 'command' | 'log') => {
    if (status.log.take(line, source) && status.overheard()) certain.abort();
  };
  const unsubscribe = session.onLog((line) => {
    take(line, 'log');
  });
  try {
    status.attempting(1);
    const until = AbortSignal.any([signal, certain.signal]);
    const { installed } = await runAttempt(session, vpn, (line) => take(line, 'command'), until);
    if (installed.length > 0 && !signal.aborted) {
      if (vpn.ike.version === 1) await pause(clock, SETTLE_MS);
      const live = liveSasOf(vpn, await session.refresh());
      if (live.children.length > 0) {
        status.up(live, clock.now());
        const { diagnosis, virtualIp, ikeSuite, espSuite, remoteSubnets } = status.report;
        return { outcome: 'up', reached: 'esp', diagnosis, virtualIp, ikeSuite, espSuite, remoteSubnets };
      }
    }
    await endSas(session, vpn.id);
    const ambiguous = isAmbiguous(vpn, status.log.lines) && !signal.aborted;
    const identityProbe = ambiguous ? await probeUntil(session, vpn, signal) : null;
    const reached = reachedPhase(status.log.lines);
    return failedAt(reached, status.whyFailed({ refusal: null, identityProbe }));
  } finally {
    unsubscribe();
  }
}

async function probeUntil(
  session: Session,
  vpn: DesiredVpn,
  signal: AbortSignal,
): Promise<Evidence['identityProbe']> {
  const abort = () => void endSas(session, probeName(vpn.id)).catch(() => undefined);
  signal.addEventListener('abort', abort);
  try {
    return await probeIdentity(session, vpn);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const pause = (clock: Clock, ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
