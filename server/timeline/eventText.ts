import { explainDiagnosis } from '../../contract/diagnoses.ts';
import type { TunnelEventKind } from '../../contract/timeline.ts';
import type { VpnSettings } from '../../contract/vpns.ts';

type Stored = { kind: TunnelEventKind; code: string | null; text: string };

const words: Record<TunnelEventKind, string> = {
  up: 'Up',
  down: 'Down',
  rekeyed: 'Keys renewed',
  diagnosed: 'Something is wrong',
  changed: 'New settings applied',
  'went-back': 'Went back to the settings before',
  offline: 'Replica offline',
  online: 'Replica online again',
};

/** An event in a few words. What a diagnosis is called doesn't depend on the settings, so today's will do. */
export function eventText({ kind, code, text }: Stored, settings: VpnSettings, localId: string): string {
  const what = code === null ? null : explainDiagnosis({ code, parts: {}, log: [] }, settings, localId).short;
  if (kind === 'diagnosed') return what ?? words.diagnosed;
  if (kind === 'up' && text !== '') return `Up with ${text}`;
  return what === null ? words[kind] : `${words[kind]}: ${what}`;
}
