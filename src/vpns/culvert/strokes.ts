import { keyframes } from '@mui/material/styles';
import { color, focusRing, motion } from '../../theme/tokens.ts';
import type { LineState } from './geometry.ts';

const drift = keyframes({ to: { backgroundPositionX: '16px' } });

const dashes = (ink: string, on: number, off: number) => ({
  backgroundImage: `repeating-linear-gradient(90deg, ${ink} 0 ${on}px, transparent ${on}px ${on + off}px)`,
});

/** The ink along the pipe, and the mark in its middle where a line is interrupted or deserves a look. */
type Stroke = { ink: object; mark?: object };

/** Solid up, dashed connecting, broken where it failed, dotted offline: patterns tell the states apart, not colour alone. */
const strokes: Record<LineState, Stroke> = {
  up: { ink: { backgroundColor: color.up } },
  warning: {
    ink: { backgroundColor: color.warning },
    mark: { width: 7, height: 7, top: 'calc(50% - 3.5px)', rotate: '45deg', backgroundColor: color.warning },
  },
  connecting: { ink: { ...dashes(color.primary, 9, 7), animation: `${drift} 1.2s linear infinite` } },
  failed: {
    ink: dashes(color.field, 2, 4),
    mark: { width: 15, height: 4, top: 'calc(50% - 2px)', backgroundColor: color.failed },
  },
  offline: { ink: dashes(color.textTertiary, 2, 4) },
};

/**
 * A line or band in the pipe: `height` pixels of ink in the middle of a strip of `reach` pixels around `centre`, so
 * that a 2 px line can be hit.
 */
export function strokeSx(state: LineState, centre: number, height: number, reach: number) {
  const { ink, mark } = strokes[state];
  return {
    position: 'absolute',
    left: 0,
    right: 0,
    top: centre - reach / 2,
    height: reach,
    // Drawn information: forced colours would paint it all away.
    forcedColorAdjust: 'none',
    ...motion('background-color'),
    'a&:hover': { backgroundColor: color.sunken },
    '&:focus-visible': { ...focusRing, outlineOffset: 0, zIndex: 1 },
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      right: 0,
      top: `calc(50% - ${height / 2}px)`,
      height,
      ...ink,
    },
    '&::after': mark === undefined ? {} : { content: '""', position: 'absolute', left: 'calc(50% - 7px)', ...mark },
  } as const;
}
