import { styled } from '@mui/material/styles';
import { media, size } from '../../theme/tokens.ts';
import type { Column } from './column.ts';
import { Bar, BodyRow, Cell } from './styles.ts';

const rows = [0, 1, 2, 3, 4];

/** As wide as a row's three dots. */
const Dots = styled('span')({
  display: 'inline-block',
  width: size.controlSmall,
  [media.coarse]: { width: size.touch },
});

type SkeletonRowsProps<Row> = { columns: readonly Column<Row>[]; menu: boolean; select: boolean };

/** Rows in the final layout without their content, so that nothing moves when it comes. */
export const SkeletonRows = <Row,>({ columns, menu, select }: SkeletonRowsProps<Row>) =>
  rows.map((row) => (
    <BodyRow key={row} aria-hidden="true">
      {select && <Cell data-select="" data-card="select" />}
      {columns.map(({ id, align, card, wideOnly, skeleton = 72 }) => (
        <Cell key={id} data-align={align} data-card={card} data-wide-only={wideOnly ? '' : undefined}>
          <Bar style={{ width: skeleton * (1 - 0.08 * (row % 3)), maxWidth: '100%' }} />
        </Cell>
      ))}
      {menu && (
        <Cell data-menu="" data-card="menu">
          <Dots />
        </Cell>
      )}
    </BodyRow>
  ));
