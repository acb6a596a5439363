import { styled } from '@mui/material/styles';
import { color, type } from '../theme/tokens.ts';

/** Addresses, keys, suites, replica names. */
export const Mono = styled('span')(type.mono);
export const Secondary = styled('span')({ color: color.textSecondary });
export const Small = styled('span')({ ...type.small, color: color.textSecondary });
export const Paragraph = styled('p')({ ...type.body, maxWidth: '68ch' });
export const Heading = styled('h2')(type.heading);

/** A small grey label for a property: `v1`, `+2`, `admin`. */
export const Tag = styled('span')({
  ...type.small,
  display: 'inline-block',
  padding: '1px 7px 2px',
  borderRadius: 4,
  backgroundColor: color.sunken,
  color: color.textSecondary,
  whiteSpace: 'nowrap',
});
