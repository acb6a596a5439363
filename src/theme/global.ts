import { color, focusRing, media, type } from './tokens.ts';

/** What holds for every element: figures that line up, a visible focus, no motion where none is wanted. */
export const globalStyles = {
  html: { fontVariantNumeric: 'tabular-nums', scrollPaddingTop: 64, WebkitTextSizeAdjust: '100%' },
  body: { ...type.body, backgroundColor: color.ground, color: color.text, overflowWrap: 'break-word' },
  'a, button, summary, [tabindex="0"]': { '&:focus-visible': focusRing },
  'a, button, input, select, textarea, label, summary': { WebkitTapHighlightColor: 'transparent' },
  'h1, h2, h3, p, dl, dd, ul, ol, figure': { margin: 0, padding: 0 },
  'button, input, select, textarea': { font: 'inherit', color: 'inherit', fontVariantNumeric: 'inherit' },
  '::selection': { backgroundColor: color.primarySoft, color: color.text },
  [media.calm]: { '*, *::before, *::after': { animation: 'none !important', transition: 'none !important' } },
} as const;
