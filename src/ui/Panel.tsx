import { styled } from '@mui/material/styles';
import { color, media, radius, type } from '../theme/tokens.ts';

/** A surface with a hairline around it. */
export const Panel = styled('section')({
  backgroundColor: color.surface,
  border: `1px solid ${color.line}`,
  borderRadius: radius.panel,
});

/** The first row of a panel: search and filters to the left, counts and the panel's action to the right. */
export const PanelBar = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 10,
  padding: '10px 12px',
  borderBottom: `1px solid ${color.line}`,
  '& > [data-end]': { marginLeft: 'auto' },
});

/** A panel's own heading, inside a `PanelBar`. */
export const PanelTitle = styled('h2')({ ...type.heading, paddingLeft: 2 });

export const PanelBody = styled('div')({ padding: 18, [media.phone]: { padding: 14 } });

/** What is said under a panel's rows. */
export const PanelNote = styled('p')({
  ...type.small,
  color: color.textSecondary,
  padding: '10px 14px',
  borderTop: `1px solid ${color.line}`,
});

/** Panels and blocks under each other. */
export const Stack = styled('div')({
  display: 'grid',
  gap: 18,
  minWidth: 0,
  gridTemplateColumns: 'minmax(0, 1fr)',
});

/** Buttons beside each other. */
export const Row = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 });
