import { createTheme, type PaletteOptions } from '@mui/material/styles';
import { components } from './components.ts';
import { dark, light, type Scheme } from './palette.ts';
import { font, radius, type } from './tokens.ts';

const palette = (scheme: Scheme): PaletteOptions => ({
  scheme,
  background: { default: scheme.ground, paper: scheme.surface },
  divider: scheme.line,
  text: { primary: scheme.text, secondary: scheme.textSecondary, disabled: scheme.textTertiary },
  primary: { main: scheme.primary, contrastText: scheme.onPrimary },
  success: { main: scheme.up },
  warning: { main: scheme.warning },
  error: { main: scheme.failed, contrastText: scheme.surface },
});

/** MUI's theme in our values. Where the scheme is chosen, `data-theme` on the root element names it. */
export const theme = createTheme({
  cssVariables: { cssVarPrefix: 'culvert', colorSchemeSelector: '[data-theme="%s"]' },
  colorSchemes: { light: { palette: palette(light) }, dark: { palette: palette(dark) } },
  shape: { borderRadius: radius.control },
  typography: {
    fontFamily: font.sans,
    body1: type.body,
    body2: type.body,
    button: { ...type.body, fontWeight: 500, textTransform: 'none' },
    h1: type.title,
    h2: type.heading,
    h3: type.heading,
    caption: type.small,
  },
  transitions: {
    duration: {
      shortest: 120,
      shorter: 120,
      short: 120,
      standard: 120,
      complex: 120,
      enteringScreen: 120,
      leavingScreen: 120,
    },
  },
  components,
});

/** Where the choice of system, light or dark is kept. `public/theme.js` reads it before the first paint. */
export const themeStorageKey = 'culvert-theme';
