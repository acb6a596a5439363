/** Rows of a `DataTable` that are chosen for something that is done to several at once. */
export type Selection<Row> = {
  /** By the table’s `rowKey`. */
  keys: ReadonlySet<string>;
  onSelect: (keys: ReadonlySet<string>) => void;
  /** What a row’s box is called: “Select port 3000”; undefined for a row that can’t be chosen. */
  labelOf: (row: Row) => string | undefined;
  /** What the box of all of them is called: “Select all forwarded ports”. */
  allLabel: string;
};

/** The selection with one row more, or less. */
export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const changed = new Set(keys);
  if (!changed.delete(key)) changed.add(key);
  return changed;
}
