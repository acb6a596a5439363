import GlobalStyles from '@mui/material/GlobalStyles';
import { light } from '../theme/palette.ts';

const lightScheme = Object.fromEntries(
  Object.entries(light).map(([name, value]) => [`--culvert-palette-scheme-${name}`, `${value} !important`]),
);

/**
 * How the page that renders this comes out on paper: black on white in either scheme, and nothing that can only be pressed.
 * What is marked `data-screen` is for the screen alone.
 */
export const PrintStyles = () => (
  <GlobalStyles
    styles={{
      '@media print': {
        ':root': { ...lightScheme, colorScheme: 'light' },
        'aside, nav, header a, header button, [data-screen]': { display: 'none !important' },
        'body, body *': { boxShadow: 'none !important' },
        body: { backgroundColor: '#fff !important' },
        main: { padding: '0 !important' },
        '#root > div': { display: 'block !important' },
        section: { breakInside: 'auto' },
      },
    }}
  />
);
