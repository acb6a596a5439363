import { shown } from '../shownText.ts';
import type { IkeVersion } from '../vpns.ts';
import { mapped, refused, understood, type Report } from './findings.ts';
import type { TakenSettings } from './takenSettings.ts';

const field = 'ike.version';
export const bothVersions = 'The gateway takes IKEv1 and IKEv2; replicas use IKEv2.';

/** `keyexchange`, and Libreswan’s older `ikev2`. Where neither is there, `line` gets a word: gateways take IKEv2 then. */
export function readIpsecVersion(settings: TakenSettings, line: number, report: Report): IkeVersion {
  const older = settings.take('ikev2');
  const entry = settings.take('keyexchange');
  let version: IkeVersion | undefined;
  if (older) {
    const yes = /^(?:insist|yes|propose|permit)$/.test(older.value);
    const both = /^(?:propose|permit)$/.test(older.value);
    if (yes || /^(?:never|no)$/.test(older.value)) {
      version = yes ? 2 : 1;
      report.say(older.line, both ? mapped(field, bothVersions) : understood(field));
    } else
      report.say(older.line, refused(`${shown(older.value)} is none of insist, permit and never.`, field));
  }
  if (entry) {
    const named = /^ikev([12])$/.exec(entry.value)?.[1];
    if (named !== undefined) {
      version = named === '1' ? 1 : 2;
      report.say(entry.line, understood(field));
    } else if (entry.value === 'ike') {
      report.say(entry.line, version === undefined ? mapped(field, bothVersions) : understood(field));
    } else report.say(entry.line, refused(`${shown(entry.value)} is neither ikev1 nor ikev2.`, field));
  }
  if (!older && !entry) {
    report.say(line, {
      verdict: null,
      note: 'No IKE version is set: gateways take IKEv2 then, and so do replicas.',
    });
  }
  return version ?? 2;
}
