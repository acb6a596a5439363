import type { IkeVersion } from '../vpns.ts';
import { LIST_MAX, listOf } from './confText.ts';
import { fixed, refused, unknown, type Report } from './findings.ts';
import { readSubnets, type LinedText } from './readSubnets.ts';
import { readSuites } from './readSuites.ts';
import type { SwanctlSection } from './swanctlFile.ts';
import { childKeywords } from './swanctlKeywords.ts';
import { readChildLifetime } from './swanctlLifetimes.ts';
import { takeFrom } from './takenSettings.ts';

type Context = {
  version: IkeVersion;
  /** Whose traffic selectors are the subnets: of the machine that the file is on, or of the other one. */
  gateway: 'local' | 'remote';
  pool: string | null;
  peerIp: string | undefined;
  report: Report;
};

export type Children = { proposals?: string[]; lifetimeSeconds?: number; subnets?: string[] };

/** Children of a connection that are read: a VPN’s subnets come to fewer. */
const CHILDREN_MAX = 64;

/** What goes through the tunnels: the subnets of all children together, suites and lifetime of the first that has any. */
export function readChildren(children: Iterable<SwanctlSection>, context: Context): Children {
  const { version, gateway, pool, peerIp, report } = context;
  const client = gateway === 'local' ? 'remote' : 'local';
  const selectors: LinedText[] = [];
  const read: Children = {};
  const differs = (line: number, field: string) =>
    report.say(
      line,
      refused('Another child says otherwise, and a VPN has one setting for all: the first is taken.', field),
    );

  for (const child of [...children].slice(0, CHILDREN_MAX)) {
    const settings = takeFrom(child.entries);
    const esp = settings.take('esp_proposals');
    if (esp) {
      const suites = listOf(esp.value).map((written) => ({ written }));
      const proposals = readSuites(suites, { phase: 'esp', version, line: esp.line, report });
      if (proposals) {
        read.proposals ??= proposals;
        if (proposals.join() !== read.proposals.join()) differs(esp.line, 'esp.proposals');
      }
    }
    const lifetimeSeconds = readChildLifetime(settings, report);
    if (lifetimeSeconds !== undefined) {
      read.lifetimeSeconds ??= lifetimeSeconds;
      if (lifetimeSeconds !== read.lifetimeSeconds) differs(child.line, 'esp.lifetimeSeconds');
    }
    const own = settings.take(`${gateway}_ts`);
    if (own) {
      const entries = listOf(own.value).slice(0, LIST_MAX + 1);
      if (entries.length === 0) report.say(own.line, refused('It names no subnet.', 'peerSubnets'));
      selectors.push(...entries.map((text) => ({ text, line: own.line })));
    }
    const other = settings.take(`${client}_ts`);
    if (other) {
      const note = `Replicas have one virtual address each and no network behind them: leave ${client}_ts out.`;
      report.say(other.line, /^dynamic$/.test(other.value) || other.value === pool ? fixed() : refused(note));
    }
    for (const { key, value, line } of settings.rest()) {
      report.say(
        line,
        childKeywords.get(key)?.(value) ?? unknown('Not a setting of a child that is known here.'),
      );
    }
  }
  const subnets = selectors.length === 0 ? undefined : readSubnets(selectors, peerIp, report);
  return { ...read, ...(subnets === undefined ? {} : { subnets }) };
}
