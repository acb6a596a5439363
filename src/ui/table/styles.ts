import { styled } from '@mui/material/styles';
import { color, media, motion, radius, size, type } from '../../theme/tokens.ts';

export const Table = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'auto',
  // The header has a ground of its own: where nothing stands above it, it follows the panel's corners.
  '&:not(* + *) th:first-of-type': { borderTopLeftRadius: radius.panel - 1 },
  '&:not(* + *) th:last-of-type': { borderTopRightRadius: radius.panel - 1 },
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
  position: 'sticky',
  zIndex: 1,
  top: 0,
  backgroundColor: color.surface,
  // A border would stay behind when the cell sticks.
  boxShadow: `inset 0 -1px ${color.line}`,
  '&[data-align=end]': { textAlign: 'right' },
  '&[data-select]': { width: 30, paddingRight: 0 },
  '&[data-wide-only]': { [media.tight]: { display: 'none' } },
  [media.tightest]: { padding: '0 8px', whiteSpace: 'normal' },
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
  '&[data-selected]': { backgroundColor: color.primarySoft },
  '&[data-linked]': {
    ...motion('background-color'),
    cursor: 'pointer',
    '&:hover:not([data-selected])': {
      backgroundColor: `color-mix(in srgb, ${color.sunken} 45%, transparent)`,
    },
  },
  // A card of two lines, or three: pseudo-elements end the lines.
  [media.phone]: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: 12,
    rowGap: 1,
    padding: '11px 14px',
    '&::before, &::after': { content: '""', flexBasis: '100%' },
    '&::before': { order: 3 },
    '&::after': { order: 5 },
  },
});

export const Cell = styled('td')({
  height: size.row,
  padding: '4px 14px',
  '&[data-align=end]': { textAlign: 'right' },
  '&[data-select]': { width: 30, paddingRight: 0 },
  '&[data-menu]': { width: 52, textAlign: 'right', paddingLeft: 0, paddingRight: 8 },
  '&[data-wide-only]': { [media.tight]: { display: 'none' } },
  [media.tightest]: { paddingLeft: 8, paddingRight: 8 },
  [media.phone]: {
    display: 'block',
    width: 'auto !important',
    height: 'auto',
    padding: 0,
    '&:not([data-card]), &:empty': { display: 'none' },
    '&[data-card=select]': { order: 1, flex: 'none' },
    '&[data-card=title]': { order: 1, flex: '1 1 0', minWidth: 'min-content' },
    '&[data-card=state]': { order: 2, textAlign: 'right' },
    '&[data-card=start]': { order: 4, flex: '1 1 auto' },
    '&[data-shrinks]': { flex: '1 1 0', minWidth: 0 },
    '&[data-card=end]': { order: 4, textAlign: 'right' },
    '&[data-card=foot]': { order: 6, textAlign: 'left' },
    '&[data-menu]': {
      order: 2,
      // As high as the words beside it, whatever the size of the button: that reaches over on all sides.
      display: 'flex',
      alignItems: 'center',
      alignSelf: 'flex-start',
      width: 'auto',
      height: 20,
      margin: '0 -14px 0 -8px',
      padding: 0,
    },
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
export const Spacer = styled('tr')({
  '& > td': { padding: 0, border: 0 },
  [media.phone]: { display: 'block' },
});

export const Bar = styled('span')({
  display: 'inline-block',
  height: 10,
  borderRadius: 4,
  backgroundColor: color.sunken,
  verticalAlign: 'middle',
});
