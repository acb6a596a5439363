import { styled } from '@mui/material/styles';
import { color, media, motion, size, type } from '../../theme/tokens.ts';

export const Table = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'auto',
  [media.phone]: { display: 'block', '& > thead': { display: 'none' }, '& > tbody': { display: 'block' } },
});

export const HeadCell = styled('th')({
  ...type.small,
  fontWeight: 500,
  height: 34,
  padding: '0 14px',
  textAlign: 'left',
  whiteSpace: 'nowrap',
  color: color.textSecondary,
  borderBottom: `1px solid ${color.line}`,
  '&[data-align=end]': { textAlign: 'right' },
});

export const SortButton = styled('button')({
  ...motion('color'),
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  padding: 0,
  border: 0,
  background: 'none',
  font: 'inherit',
  color: 'inherit',
  cursor: 'pointer',
  borderRadius: 3,
  '&:hover, [aria-sort=ascending] &, [aria-sort=descending] &': { color: color.text },
});

export const BodyRow = styled('tr')({
  '&:not(:last-of-type)': { borderBottom: `1px solid ${color.line}` },
  '&[data-open]': { borderBottom: 0 },
  '&[data-linked]': {
    ...motion('background-color'),
    cursor: 'pointer',
    '&:hover': { backgroundColor: `color-mix(in srgb, ${color.sunken} 45%, transparent)` },
  },
  [media.phone]: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, auto) auto',
    gridTemplateAreas: '"title state menu" "start end end" "foot foot foot"',
    columnGap: 10,
    rowGap: 2,
    padding: '10px 14px',
    alignItems: 'center',
  },
});

export const Cell = styled('td')({
  height: size.row - 1,
  padding: '4px 14px',
  '&[data-align=end]': { textAlign: 'right' },
  '&[data-menu]': { width: 52, textAlign: 'right', paddingLeft: 0, paddingRight: 8 },
  [media.phone]: {
    display: 'block',
    width: 'auto !important',
    height: 'auto',
    minWidth: 0,
    padding: 0,
    overflowWrap: 'anywhere',
    '&:not([data-card])': { display: 'none' },
    '&[data-card=state], &[data-card=end]': { textAlign: 'right', justifySelf: 'end' },
    '&[data-card=foot]': { textAlign: 'left' },
    '&[data-menu]': { width: 'auto', margin: '-6px -8px -6px 0' },
  },
});

export const BelowRow = styled('tr')({
  '&:not(:last-of-type)': { borderBottom: `1px solid ${color.line}` },
  [media.phone]: { display: 'block' },
});

export const BelowCell = styled('td')({
  padding: '0 14px 14px 42px',
  [media.phone]: { display: 'block', padding: '0 14px 14px' },
});

/** Space for the rows of a long table that are out of sight. */
export const Spacer = styled('tr')({ '& > td': { padding: 0, border: 0 }, [media.phone]: { display: 'block' } });

export const Bar = styled('span')({
  display: 'inline-block',
  height: 10,
  borderRadius: 4,
  backgroundColor: color.sunken,
  verticalAlign: 'middle',
});
