import { styled } from '@mui/material/styles';
import { color, media, size, type } from '../../theme/tokens.ts';

/** Fields that most people don't need, behind a `summary`. */
export const Disclosure = styled('details')({
  // What is inside inherits through this box, which would otherwise start from content-box.
  '&::details-content': { boxSizing: 'inherit' },
  '& > summary': {
    ...type.small,
    display: 'inline-block',
    fontWeight: 500,
    color: color.primary,
    cursor: 'pointer',
    borderRadius: 3,
    listStyle: 'none',
    '&:hover': { textDecoration: 'underline' },
    '&::-webkit-details-marker': { display: 'none' },
    [media.coarse]: { minHeight: size.touch, alignContent: 'center' },
  },
  '&[open] > summary': { marginBottom: 14, color: color.textSecondary },
});
