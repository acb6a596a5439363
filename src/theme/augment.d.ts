import '@mui/material/themeCssVarsAugmentation';
import type { Scheme } from './palette.ts';

declare module '@mui/material/styles' {
  interface Palette {
    scheme: Scheme;
  }
  interface PaletteOptions {
    scheme?: Scheme;
  }
}
