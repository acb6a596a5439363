import { ignored, refused, understood, type Report } from './findings.ts';
import type { ConfEntry, ConfSection } from './ipsecFile.ts';

/** A connection with everything that it takes over from others. Empty values are left out. */
export type ResolvedConn = { name: string; line: number; settings: Map<string, ConfEntry> };

/** Sections above one connection; real files have two or three. */
const CHAIN_MAX = 32;
/** Connections of one file; somebody has to choose one of them. */
export const CONNECTIONS_MAX = 32;

const isTemplate = (section: ConfSection, parents: ReadonlySet<string>): boolean =>
  parents.has(section.name) && section.entries.every(({ key }) => key !== 'auto');

/**
 * Resolves `also=` and `conn %default` as strongSwan does (src/starter/parser/conf_parser.c): what a section says itself counts most,
 * then the section that its last `also` names with what that takes over, and so on; %default counts least. Returns the
 * connections to choose from: sections that only lend to others are none.
 */
export function resolveConns(conns: readonly ConfSection[], report: Report): ResolvedConn[] {
  const byName = new Map(conns.map((section) => [section.name, section]));
  const chains = new Map<string, ConfSection[]>();
  const parents = new Set<string>();

  const alsoOf = (section: ConfSection) =>
    section.entries.filter(({ key, value }) => key === 'also' && value !== '').toReversed();

  /** Most important first; a section that comes several times counts where it comes last. */
  const chainOf = (section: ConfSection, below: readonly string[]): ConfSection[] => {
    const known = chains.get(section.name);
    if (known) return known;
    const above: ConfSection[] = [];
    for (const { value, line } of alsoOf(section)) {
      const parent = byName.get(value);
      const loop = value === section.name || below.includes(value);
      if (parent === undefined) report.say(line, refused(`There is no conn ${value} in this text.`));
      else if (loop) report.say(line, refused(`conn ${value} leads back to itself.`));
      else if (below.length >= CHAIN_MAX) report.say(line, refused('Too many sections lead to each other.'));
      else {
        report.say(line, understood(undefined, `Takes over what conn ${value} says.`));
        parents.add(value);
        if (above.length < CHAIN_MAX) above.push(parent, ...chainOf(parent, [...below, section.name]));
      }
    }
    const last = new Map(above.map((parent, at) => [parent, at]));
    const chain = above.filter((parent, at) => last.get(parent) === at).slice(0, CHAIN_MAX);
    chains.set(section.name, chain);
    return chain;
  };

  for (const section of conns) chainOf(section, []);
  const defaults = byName.get('%default');
  const all = conns.filter(({ name }) => name !== '%default');
  const own = all.filter((section) => !isTemplate(section, parents));
  const offered = (own.length === 0 ? all : own).slice(0, CONNECTIONS_MAX);
  for (const { line } of own.slice(CONNECTIONS_MAX)) {
    report.say(line, ignored(`Only the first ${CONNECTIONS_MAX} connections are read.`));
  }
  return offered.map((section) => {
    const chain = [section, ...(chains.get(section.name) ?? []), ...(defaults ? [defaults] : [])];
    return { name: section.name, line: section.line, settings: settingsOf(chain, report) };
  });
}

function settingsOf(chain: readonly ConfSection[], report: Report): Map<string, ConfEntry> {
  const settings = new Map<string, ConfEntry>();
  for (const section of chain) {
    const within = new Map<string, ConfEntry>();
    for (const entry of section.entries) {
      if (entry.key === 'also') continue;
      const earlier = within.get(entry.key);
      if (earlier) report.say(earlier.line, ignored(`Line ${entry.line} sets it again.`));
      within.set(entry.key, entry);
    }
    for (const [key, entry] of within) {
      const stronger = settings.get(key);
      if (stronger)
        report.say(entry.line, ignored(`Line ${stronger.line} says otherwise for its connection.`));
      else settings.set(key, entry);
    }
  }
  for (const [key, { value, line }] of settings) {
    if (value !== '') continue;
    report.say(line, ignored('Empty, which counts as not set.'));
    settings.delete(key);
  }
  return settings;
}
