import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { visuallyHidden } from '../../theme/tokens.ts';
import { ArrowDownIcon, ArrowUpIcon } from '../icons.tsx';
import { nextSort, sortState, type Column } from './column.ts';
import { HeadCell, SortButton } from './styles.ts';

const Hidden = styled('span')(visuallyHidden);

type TableHeadProps<Row> = {
  columns: readonly Column<Row>[];
  menu: boolean;
  /** The box that chooses all rows, in a table whose rows can be chosen. */
  select: ReactNode;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
};

/** The header row; columns that can be sorted are buttons there. */
export const TableHead = <Row,>({ columns, menu, select, sort, onSort }: TableHeadProps<Row>) => (
  <thead>
    <tr>
      {select !== undefined && (
        <HeadCell scope="col" data-select="">
          {select}
        </HeadCell>
      )}
      {columns.map((column) => {
        const { id, header, width, align, sort: name } = column;
        const sortable = name !== undefined && onSort !== undefined;
        const state = sortable ? sortState(sort, name) : undefined;
        return (
          <HeadCell
            key={id}
            scope="col"
            data-align={align}
            data-wide-only={column.wideOnly ? '' : undefined}
            style={width ? { width } : undefined}
            aria-sort={state}
          >
            {sortable ? (
              <SortButton type="button" onClick={() => onSort(nextSort(sort, name))}>
                {header}
                {state === 'ascending' && <ArrowUpIcon size={12} />}
                {state === 'descending' && <ArrowDownIcon size={12} />}
              </SortButton>
            ) : (
              header
            )}
          </HeadCell>
        );
      })}
      {menu && (
        <HeadCell scope="col">
          <Hidden>Actions</Hidden>
        </HeadCell>
      )}
    </tr>
  </thead>
);
