/** The names that are most like the one that was typed, best first, whatever their case. */
export function nearestNames(typed: string, names: readonly string[], count: number): string[] {
  const wanted = typed.normalize('NFC').toLowerCase();
  return names
    .map((name) => ({ name, distance: editDistance(wanted, name.normalize('NFC').toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** How many letters have to be added, left out or replaced (Levenshtein). */
function editDistance(from: string, to: string): number {
  const letters = [...to];
  let row = [0, ...letters.map((_, index) => index + 1)];
  for (const [at, letter] of [...from].entries()) {
    let diagonal = row[0] ?? 0;
    const next = [at + 1];
    for (const [index, other] of letters.entries()) {
      const above = row[index + 1] ?? 0;
      const replaced = diagonal + (other === letter ? 0 : 1);
      next.push(Math.min(replaced, above + 1, (next[index] ?? 0) + 1));
      diagonal = above;
    }
    row = next;
  }
  return row[letters.length] ?? 0;
}
