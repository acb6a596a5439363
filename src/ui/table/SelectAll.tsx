import { styled } from '@mui/material/styles';
import { visuallyHidden } from '../../theme/tokens.ts';
import { SelectBox } from './SelectBox.tsx';
import type { Selection } from './selection.ts';

const Hidden = styled('span')(visuallyHidden);

type SelectAllProps<Row> = {
  selection: Selection<Row>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

/** Chooses every row that can be chosen, or none when all are; where no row can be, only the column’s name. */
export function SelectAll<Row>({ selection, rows, rowKey }: SelectAllProps<Row>) {
  const { keys, onSelect, labelOf, allLabel } = selection;
  const possible = rows.filter((row) => labelOf(row) !== undefined).map(rowKey);
  if (possible.length === 0) return <Hidden>Selection</Hidden>;
  const chosen = possible.filter((key) => keys.has(key)).length;
  const all = chosen === possible.length;
  return (
    <SelectBox
      label={allLabel}
      checked={all}
      some={chosen > 0}
      onChange={() => onSelect(new Set(all ? [] : possible))}
    />
  );
}
