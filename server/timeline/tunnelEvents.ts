import { ChangeReport } from '../../contract/agentProtocol.ts';
import type { TunnelEventKind } from '../../contract/timeline.ts';
import { readJson } from '../db/json.ts';
import type { TunnelTable } from '../db/schema.ts';

/** What of a stored report a timeline looks at. */
export type Reported = Pick<
  TunnelTable,
  | 'state'
  | 'since'
  | 'virtual_ip'
  | 'bytes_in'
  | 'bytes_out'
  | 'applied_revision'
  | 'diagnosis_code'
  | 'rekeyed_at'
  | 'change'
  | 'reported_at'
>;

export type TunnelOccurrence = { at: string; kind: TunnelEventKind; code: string | null; text: string };

/**
 * What happened to a tunnel between two reports of it, in order; `before` null: nothing was reported yet. Times are the
 * agent's where it says them, else when the report came.
 */
export function occurrencesBetween(before: Reported | null, now: Reported): TunnelOccurrence[] {
  const found: TunnelOccurrence[] = [];
  const add = (kind: TunnelEventKind, at: string, text = '', code: string | null = null) =>
    void found.push({ at, kind, code, text });
  const wasUp = before?.state === 'up';
  const isUp = now.state === 'up';
  const again = wasUp && isUp && before.since !== now.since;

  if (wasUp && (!isUp || again)) add('down', isUp ? now.reported_at : now.since);
  if (
    before !== null &&
    before.applied_revision !== null &&
    now.applied_revision !== null &&
    before.applied_revision !== now.applied_revision
  ) {
    add('changed', now.reported_at);
  }
  const wentBack = wentBackIn(now);
  if (wentBack && wentBack.at !== (before && wentBackIn(before)?.at)) {
    add('went-back', wentBack.at, '', wentBack.diagnosis?.code ?? null);
  }
  if (isUp && (!wasUp || again)) add('up', now.since, now.virtual_ip ?? '');
  if (now.rekeyed_at !== null && before !== null && now.rekeyed_at !== before.rekeyed_at) {
    add('rekeyed', now.rekeyed_at);
  }
  if (now.diagnosis_code !== null && now.diagnosis_code !== before?.diagnosis_code) {
    add('diagnosed', now.reported_at, '', now.diagnosis_code);
  }
  return found;
}

function wentBackIn({ change }: Pick<Reported, 'change'>): ChangeReport | null {
  const report = change === null ? null : readJson(ChangeReport, change);
  return report?.state === 'went-back' ? report : null;
}

/** Bytes that went through since the report before. Counters begin anew when the tunnel does. */
export function bytesBetween(before: Reported | null, now: Reported): { in: number; out: number } {
  const same = before !== null && before.bytes_in <= now.bytes_in && before.bytes_out <= now.bytes_out;
  if (now.state !== 'up') return { in: 0, out: 0 };
  return same
    ? { in: now.bytes_in - before.bytes_in, out: now.bytes_out - before.bytes_out }
    : { in: now.bytes_in, out: now.bytes_out };
}
