/**
 * The colours of the dashboard, one set per scheme. Every text pair passes 4.5:1 on ground, surface and sunken, and
 * `field` passes 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), so don't mix in others.
 */
export type Scheme = {
  ground: string;
  surface: string;
  sunken: string;
  line: string;
  lineStrong: string;
  field: string;
  text: string;
  textSecondary: string;
  textTertiary: string;
  primary: string;
  onPrimary: string;
  primarySoft: string;
  up: string;
  upSoft: string;
  warning: string;
  warningSoft: string;
  failed: string;
  failedSoft: string;
  /** Only what floats casts a shadow. */
  shadow: string;
  backdrop: string;
};

export const light: Scheme = {
  ground: '#f6f6f3',
  surface: '#ffffff',
  sunken: '#efefea',
  line: '#e3e2db',
  lineStrong: '#c9c8bf',
  field: '#8b9094',
  text: '#15181a',
  textSecondary: '#565b5f',
  textTertiary: '#64696d',
  primary: '#0a5f82',
  onPrimary: '#ffffff',
  primarySoft: '#e3eff4',
  up: '#177245',
  upSoft: '#e2f1e8',
  warning: '#8a5a00',
  warningSoft: '#f8eed6',
  failed: '#b42d17',
  failedSoft: '#fbe8e3',
  shadow: '0 12px 32px rgb(21 24 26 / 0.14), 0 2px 6px rgb(21 24 26 / 0.08)',
  backdrop: 'rgb(21 24 26 / 0.4)',
};

export const dark: Scheme = {
  ground: '#0f1213',
  surface: '#161a1c',
  sunken: '#1d2225',
  line: '#2a3033',
  lineStrong: '#434b4f',
  field: '#6f797d',
  text: '#e9ebeb',
  textSecondary: '#a6aeb1',
  textTertiary: '#8d9699',
  primary: '#6cc3e4',
  onPrimary: '#06222e',
  primarySoft: '#13303c',
  up: '#58c990',
  upSoft: '#12301f',
  warning: '#e3ac45',
  warningSoft: '#352709',
  failed: '#ff8a74',
  failedSoft: '#3b1811',
  shadow: '0 12px 32px rgb(0 0 0 / 0.5), 0 2px 6px rgb(0 0 0 / 0.4)',
  backdrop: 'rgb(0 0 0 / 0.6)',
};
