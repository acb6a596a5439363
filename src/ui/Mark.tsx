import { styled } from '@mui/material/styles';
import { color } from '../theme/tokens.ts';

const Svg = styled('svg')({
  flex: 'none',
  display: 'block',
  fill: 'none',
  strokeWidth: 2.4,
  strokeLinecap: 'round',
});

/** The mark: a pipe under a road, seen along it. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <Svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
    <path stroke={color.text} d="M3 20v-6a9 9 0 0 1 18 0v6" />
    <path stroke={color.primary} d="M8 20v-5.5a4 4 0 0 1 8 0V20" />
  </Svg>
);
