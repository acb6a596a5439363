import { styled } from '@mui/material/styles';
import type { GatewayPart } from '../../contract/gatewayConfig/document.ts';
import { color, media, type } from '../theme/tokens.ts';
import { Segment } from './Segment.tsx';

type Row = Extract<GatewayPart, { kind: 'sheet' }>['rows'][number];

const Table = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'fixed',
  '& th, & td': {
    padding: '9px 16px',
    textAlign: 'left',
    verticalAlign: 'baseline',
    overflowWrap: 'anywhere',
  },
  '& tr + tr': { borderTop: `1px solid ${color.line}`, breakInside: 'avoid' },
  '& th': { ...type.small, width: '38%', fontWeight: 400, color: color.textSecondary, lineHeight: '1.25rem' },
  '& td > div': type.mono,
  '[data-compact] & th, [data-compact] & td': { display: 'block', width: 'auto', padding: '8px 16px 0' },
  '[data-compact] & td': { padding: '0 16px 8px' },
  [media.phone]: {
    '& th': { display: 'block', width: 'auto', padding: '8px 14px 0' },
    '& td': { display: 'block', padding: '0 14px 8px' },
  },
});

const Note = styled('p')({ ...type.small, color: color.textSecondary, marginTop: 2 });

// A table that is laid out as blocks where it is narrow stays one for screen readers only by its roles.
const roles = {
  table: { role: 'table' },
  body: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'rowheader' },
  cell: { role: 'cell' },
};

/** Every value by its name, for a gateway of which nothing else is known. */
export const Sheet = ({ rows, label }: { rows: readonly Row[]; label: string }) => (
  <Table {...roles.table} aria-label={label}>
    <tbody {...roles.body}>
      {rows.map(({ name, values, note }) => (
        <tr key={name} {...roles.row}>
          <th scope="row" {...roles.head}>
            {name}
          </th>
          <td {...roles.cell}>
            {values.map((segment, at) => (
              <div key={at}>
                <Segment segment={segment} />
              </div>
            ))}
            {note !== null && <Note>{note}</Note>}
          </td>
        </tr>
      ))}
    </tbody>
  </Table>
);
