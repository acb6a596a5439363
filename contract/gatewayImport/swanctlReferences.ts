import { refused, type Report } from './findings.ts';
import type { SwanctlSection } from './swanctlFile.ts';

/** Sections that one connection can be put together from; real files have a handful. */
const SECTIONS_MAX = 400;
const DEPTH_MAX = 12;

/** `connections.base`, from the root. */
const find = (root: SwanctlSection, path: string): SwanctlSection | undefined =>
  path
    .split('.')
    .slice(0, DEPTH_MAX)
    .reduce<SwanctlSection | undefined>((section, name) => section?.sections.get(name), root);

/**
 * A section together with everything that it takes over by reference (`name : other`): its own settings count most, then those
 * of the references in their order; sections inside are put together in the same way (libstrongswan/settings/settings.c).
 */
export function withReferences(
  root: SwanctlSection,
  section: SwanctlSection,
  report: Report,
): SwanctlSection {
  let left = SECTIONS_MAX;

  const merge = (sources: readonly SwanctlSection[], depth: number): SwanctlSection => {
    const [own = section] = sources;
    const merged: SwanctlSection = {
      name: own.name,
      line: own.line,
      refs: [],
      entries: new Map(),
      sections: new Map(),
    };
    const all: SwanctlSection[] = [];
    const add = (source: SwanctlSection): void => {
      if (all.includes(source)) return;
      if (left <= 0) {
        report.say(source.line, refused('Too many sections lead to each other.'));
        return;
      }
      left -= 1;
      all.push(source);
      for (const ref of source.refs.slice(0, SECTIONS_MAX)) {
        const found = find(root, ref);
        if (found) add(found);
        else report.say(source.line, refused(`There is no section ${ref} in this text.`));
      }
    };
    for (const source of sources) add(source);
    const inside = new Map<string, SwanctlSection[]>();
    for (const source of all) {
      for (const [key, entry] of source.entries) {
        if (!merged.entries.has(key)) merged.entries.set(key, entry);
      }
      for (const [name, child] of source.sections) inside.set(name, [...(inside.get(name) ?? []), child]);
    }
    if (depth < DEPTH_MAX) {
      for (const [name, children] of inside) {
        if (left > 0) merged.sections.set(name, merge(children, depth + 1));
      }
    }
    return merged;
  };
  return merge([section], 0);
}
