import { styled } from '@mui/material/styles';
import { color, media, radius } from '../../theme/tokens.ts';
import { PIPE_HEIGHT } from './geometry.ts';

/** The place of the drawing while the VPN loads, so that nothing moves when it comes. */
export const CulvertSkeleton = styled('div')({
  height: PIPE_HEIGHT + 39,
  backgroundColor: color.surface,
  border: `1px solid ${color.line}`,
  borderRadius: radius.panel,
  [media.phone]: { height: 285 },
});
