import type { Scheme } from './palette.ts';

const variable = (name: keyof Scheme) => `var(--culvert-palette-scheme-${name})`;

/** The palette as CSS variables: `color.line` is the hairline of whichever scheme is on. */
export const color: Scheme = {
  ground: variable('ground'),
  surface: variable('surface'),
  sunken: variable('sunken'),
  line: variable('line'),
  lineStrong: variable('lineStrong'),
  field: variable('field'),
  text: variable('text'),
  textSecondary: variable('textSecondary'),
  textTertiary: variable('textTertiary'),
  primary: variable('primary'),
  onPrimary: variable('onPrimary'),
  primarySoft: variable('primarySoft'),
  up: variable('up'),
  upSoft: variable('upSoft'),
  warning: variable('warning'),
  warningSoft: variable('warningSoft'),
  failed: variable('failed'),
  failedSoft: variable('failedSoft'),
  shadow: variable('shadow'),
  backdrop: variable('backdrop'),
};

/** A tint of a state's colour over the surface: the ground of a diagnosis. */
export const tint = (of: string) => `color-mix(in srgb, ${of} 7%, ${color.surface})`;

export const font = {
  sans: "'Geist Variable', 'Geist Fallback', system-ui, sans-serif",
  mono: "'Geist Mono Variable', 'Geist Mono Fallback', ui-monospace, monospace",
} as const;

/** The type scale. Sizes are in rem, so that a reader’s own text size counts. */
export const type = {
  body: { fontSize: '0.875rem', lineHeight: '1.25rem' },
  small: { fontSize: '0.78125rem', lineHeight: '1.0625rem' },
  title: { fontSize: '1.375rem', lineHeight: '1.75rem', fontWeight: 600, letterSpacing: '-0.015em' },
  heading: { fontSize: '0.875rem', lineHeight: '1.25rem', fontWeight: 600 },
  mono: { fontFamily: font.mono, fontSize: '0.8125rem', lineHeight: '1.25rem' },
} as const;

/** Pixels. */
export const radius = { control: 6, panel: 8, dialog: 10 } as const;
export const size = { control: 34, controlSmall: 28, row: 44, sidebar: 208, touch: 44 } as const;

/** Media queries. Below `phone`, tables are cards and navigation is at the bottom. */
export const media = {
  phone: '@media (max-width: 719.95px)',
  wide: '@media (min-width: 720px)',
  /** Beside the side bar there isn’t room for everything that a row could show. */
  tight: '@media (max-width: 1279.95px)',
  tightest: '@media (max-width: 959.95px)',
  coarse: '@media (pointer: coarse)',
  calm: '@media (prefers-reduced-motion: reduce)',
} as const;

/** The only motion there is: colour and opacity, 120 ms. */
export const motion = (...properties: string[]) => ({
  transition: properties.map((property) => `${property} 120ms ease-out`).join(', '),
  [media.calm]: { transition: 'none' },
});

/** Keyboard focus: a ring outside the control. */
export const focusRing = { outline: `2px solid ${color.primary}`, outlineOffset: 2 } as const;

/** For what only a screen reader should meet. */
export const visuallyHidden = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  padding: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
  border: 0,
} as const;
