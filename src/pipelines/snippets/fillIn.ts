/** By a line as it stands in a file, without its indentation: the lines that come in its place, none to leave it out. */
type Changes = Readonly<Record<string, readonly string[]>>;

/**
 * A file of integrations/ with some of its lines put otherwise, each where it stands and as often as it does. What is said at
 * its head, of where it goes, is left out.
 *
 * @throws Error for a line that isn’t in the file: then the file and what fills it in have come apart
 */
export function fillIn(file: string, changes: Changes): string {
  const missing = new Set(Object.keys(changes));
  const lines = file.split('\n');
  const start = lines.findIndex((line) => !line.startsWith('#') && line.trim() !== '');
  const filled = lines.slice(start).flatMap((line) => {
    const bare = line.trimStart();
    const changed = changes[bare];
    if (changed === undefined) return [line];
    missing.delete(bare);
    const indent = line.slice(0, line.length - bare.length);
    return changed.map((one) => `${indent}${one}`);
  });
  if (missing.size > 0) throw new Error(`There is no line “${[...missing].join('”, “')}” to fill in.`);
  return filled.join('\n');
}
