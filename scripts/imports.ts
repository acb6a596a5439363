import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { rules as ourRules, type ImportRules } from './importRules.ts';

/** One import statement. `target` is a path from the root for relative imports, a package's name otherwise. */
type Import = { from: string; target: string; relative: boolean; kind: 'value' | 'type' | 'dynamic' };

/** Static imports and re-exports at the start of a line, `import()` anywhere. */
const statement =
  /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\('([^'\n]+)'\)/gm;

/** The imports of one source file. `import { type A }` counts as a value import: the module is loaded. */
export function importsOf(path: string, source: string): Import[] {
  return [...source.matchAll(statement)].map(([, type, fixed, dynamic]) => {
    const name = fixed ?? dynamic ?? '';
    const relative = name.startsWith('.');
    const target = relative
      ? posix.join(posix.dirname(path), name)
      : name.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1');
    const kind = dynamic !== undefined ? 'dynamic' : type !== undefined ? 'type' : 'value';
    return { from: path, target, relative, kind };
  });
}

const isTest = (path: string): boolean => /\.(?:test|spec)\.tsx?$|\/testing(?:\/|\.ts$)/.test(path);
const sideOf = (path: string): string => path.split('/')[0] ?? '';
/** The folder below the side, undefined for files that lie in the side itself. */
const folderOf = (path: string): string | undefined => {
  const [, folder, ...rest] = path.split('/');
  return rest.length > 0 ? folder : undefined;
};

/** Why one import goes the wrong way, as the end of a sentence; undefined: it doesn't. */
function wrongWay({ from, target, relative, kind }: Import, rules: ImportRules): string | undefined {
  const side = sideOf(from);
  const test = isTest(from);
  if (!relative) {
    const allowed = rules.packages[side];
    if (allowed === undefined || test || target.startsWith('node:') || allowed.includes(target))
      return undefined;
    return `${side} may import no package but ${allowed.join(', ')}`;
  }
  const other = sideOf(target);
  if (!(side in rules.sides) || !(other in rules.sides)) return undefined;
  if (side !== other) {
    if (kind === 'dynamic' && rules.dynamic[from]?.includes(target) === true) return undefined;
    const allowed = [...(rules.sides[side] ?? []), ...((test ? rules.tests[side] : undefined) ?? [])];
    return allowed.includes(other) ? undefined : `${side} may not import ${other}`;
  }
  const { host } = rules;
  const inHost = (path: string) => path.startsWith(`${host.folder}/`) || path === host.entry;
  if (inHost(target) && !inHost(from) && !test) {
    return `only ${host.entry} and ${host.folder} may know the host`;
  }
  return test || inHost(from) ? undefined : acrossFeatures(from, target, kind, rules);
}

/** The rules between the folders of one side. Files in the side itself (routes, the app) put features together. */
function acrossFeatures(
  from: string,
  target: string,
  kind: Import['kind'],
  rules: ImportRules,
): string | undefined {
  const foundations = rules.foundations[sideOf(from)];
  const [folder, otherFolder] = [folderOf(from), folderOf(target)];
  if (!foundations || folder === undefined || otherFolder === undefined || folder === otherFolder)
    return undefined;
  if (foundations.includes(otherFolder)) return undefined;
  const open =
    rules.open.some((entry) => entry === target || (entry.endsWith('/') && target.startsWith(entry))) ||
    rules.openNames.includes(posix.basename(target));
  if (!open)
    return `${posix.basename(target)} is ${otherFolder}’s own (what is open to others is in scripts/importRules.ts)`;
  if (foundations.includes(folder) && kind !== 'type')
    return `${folder} is a foundation, and ${otherFolder} stands on it`;
  return undefined;
}

/** What a cycle is looked for between: folders, and single files outside of them. */
const unitOf = (path: string): string => {
  const folder = folderOf(path);
  return folder === undefined ? path : `${sideOf(path)}/${folder}`;
};

/** The first cycle of value imports between folders, as a path that ends where it starts; undefined: there is none. */
function findCycle(imports: readonly Import[]): string[] | undefined {
  const edges = new Map<string, Set<string>>();
  for (const { from, target, relative, kind } of imports) {
    const [a, b] = [unitOf(from), unitOf(target)];
    if (!relative || kind !== 'value' || isTest(from) || a === b) continue;
    edges.set(a, (edges.get(a) ?? new Set()).add(b));
  }
  const done = new Set<string>();
  const visit = (unit: string, path: string[]): string[] | undefined => {
    if (path.includes(unit)) return [...path.slice(path.indexOf(unit)), unit];
    if (done.has(unit)) return undefined;
    for (const next of edges.get(unit) ?? []) {
      const cycle = visit(next, [...path, unit]);
      if (cycle) return cycle;
    }
    done.add(unit);
    return undefined;
  };
  for (const unit of edges.keys()) {
    const cycle = visit(unit, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Every import that goes the wrong way, a sentence each; empty: all is well. `files` maps paths from the root to sources. */
export function findWrongImports(files: ReadonlyMap<string, string>, rules: ImportRules): string[] {
  const imports = [...files].flatMap(([path, source]) => importsOf(path, source));
  const problems = imports.flatMap((found) => {
    const reason = wrongWay(found, rules);
    return reason === undefined ? [] : [`${found.from} imports ${found.target}: ${reason}.`];
  });
  const there = (entry: string) => [...files.keys()].some((path) => path.startsWith(entry));
  const unused = rules.open
    .filter((entry) => !there(entry))
    .map((path) => `${path} is listed as open, but isn’t there.`);
  const cycle = findCycle(imports);
  return [
    ...problems,
    ...unused,
    ...(cycle ? [`These import each other in a circle: ${cycle.join(' → ')}.`] : []),
  ];
}

/** Checks this repository by its own rules. */
export async function checkImports(root: string): Promise<string[]> {
  const files = new Map<string, string>();
  const sides = Object.keys(ourRules.sides).filter((side) => existsSync(join(root, side)));
  for (const side of sides) {
    const entries = await readdir(join(root, side), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(posix.relative(root, path), await readFile(path, 'utf8'));
    }
  }
  return findWrongImports(files, ourRules);
}
