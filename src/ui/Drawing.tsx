import { color } from '../theme/tokens.ts';

/** The culvert, empty: a workspace, a pipe that waits, a gateway. For empty states. */
export const Drawing = () => (
  <svg width="252" height="42" viewBox="0 -2 252 42" fill="none" strokeWidth="1.5" aria-hidden="true">
    <rect x="1" y="9" width="41" height="26" rx="3" stroke={color.lineStrong} />
    <path d="M55 13h140M55 31h140" stroke={color.lineStrong} />
    <path d="M57 22h138" stroke={color.primary} strokeWidth="3" strokeDasharray="8 6" />
    <path d="M210 37V20a20 20 0 0 1 40 0v17" stroke={color.lineStrong} />
    <path d="M220.5 37V22.5a9.5 9.5 0 0 1 19 0V37" stroke={color.primary} />
  </svg>
);
