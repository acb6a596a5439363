import { parseProposal } from '../proposals.ts';
import type { IkeVersion } from '../vpns.ts';
import { LIST_MAX, listOf } from './confText.ts';
import { mapped, refused, understood, type Report } from './findings.ts';
import type { IpsecDialect } from './ipsecDialect.ts';
import type { ConfEntry } from './ipsecFile.ts';
import { libreswanSuite } from './libreswanSuites.ts';
import { readSuites, type WrittenSuite } from './readSuites.ts';
import { readYesNo } from './readTimes.ts';
import type { TakenSettings } from './takenSettings.ts';

type Context = { dialect: IpsecDialect; version: IkeVersion; report: Report };

const inexact =
  'Without “!” behind it, the gateway takes its own default suites too. Replicas offer exactly what the form has.';

function written(entry: ConfEntry, dialect: IpsecDialect): { suites: WrittenSuite[]; exact: boolean } {
  const exact = entry.value.endsWith('!');
  const items = listOf(exact ? entry.value.slice(0, -1) : entry.value).slice(0, LIST_MAX + 1);
  const suites = items.map((item) => (dialect === 'libreswan' ? libreswanSuite(item) : { written: item }));
  return { suites, exact: exact || dialect === 'libreswan' };
}

/** The group of the first IKE suite, which Libreswan takes for ESP where `esp` names none. */
function groupOf(ike: readonly string[] | undefined, version: IkeVersion): string | undefined {
  const parsed = parseProposal(ike?.[0] ?? '', 'ike', version);
  return parsed.ok ? parsed.value.keyExchange[0] : undefined;
}

/** Libreswan's `pfs`, which is on unless it is off: suites without a group get that of the IKE suite. */
function withPfs(
  suites: readonly WrittenSuite[],
  pfs: ConfEntry | undefined,
  group: string | undefined,
  { version, report }: Context,
): { suites: WrittenSuite[]; added: boolean } {
  const off = pfs !== undefined && readYesNo(pfs.value) === false;
  if (pfs) report.say(pfs.line, understood('esp.proposals'));
  if (off) return { suites: [...suites], added: false };
  let added = false;
  const completed = suites.map((suite) => {
    if (suite.keywords === undefined || suite.keywords.length > 400) return suite;
    const parsed = parseProposal(suite.keywords, 'esp', version);
    if (!parsed.ok || parsed.value.keyExchange.length > 0) return suite;
    if (group === undefined) return suite;
    added = true;
    return { ...suite, keywords: `${suite.keywords}-${group}` };
  });
  return { suites: completed, added };
}

/** `ike` and `esp` of a connection, in the words of this product; undefined: none that can be used. */
export function readIpsecSuites(
  settings: TakenSettings,
  context: Context,
): { ike: string[] | undefined; esp: string[] | undefined } {
  const { dialect, version, report } = context;
  const ikeEntry = settings.take('ike');
  const espEntry = settings.take('esp', 'phase2alg');
  const other = settings.take('phase2alg');
  if (other) report.say(other.line, refused('esp says this already.', 'esp.proposals'));
  const pfs = dialect === 'libreswan' ? settings.take('pfs') : undefined;

  let ike: string[] | undefined;
  if (ikeEntry) {
    const { suites, exact } = written(ikeEntry, dialect);
    ike = readSuites(
      suites,
      { phase: 'ike', version, line: ikeEntry.line, report },
      exact ? undefined : inexact,
    );
  }
  if (!espEntry) return { ike, esp: undefined };
  const { suites, exact } = written(espEntry, dialect);
  const { line } = espEntry;
  const group = groupOf(ike, version);
  const completed = dialect === 'libreswan' ? withPfs(suites, pfs, group, context) : { suites, added: false };
  if (completed.added) {
    report.say(line, mapped('esp.proposals', `Perfect forward secrecy is on, with ${group} as for IKE.`));
  }
  const esp = readSuites(
    completed.suites,
    { phase: 'esp', version, line, report },
    exact ? undefined : inexact,
  );
  return { ike, esp };
}
