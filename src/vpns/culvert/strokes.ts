import { keyframes } from '@emotion/react';
import { styled, type CSSObject } from '@mui/material/styles';
import { createLink } from '@tanstack/react-router';
import { color, focusRing, media, motion } from '../../theme/tokens.ts';
import type { LineState } from './geometry.ts';

// A transform moves without painting anew: the page may stay open all day.
const drift = keyframes({ to: { transform: 'translateX(16px)' } });

/** One dash and its gap as a tile, so that shifting it by its own width moves the line without a seam. */
const dashes = (ink: string, on: number, off: number): CSSObject => ({
  backgroundImage: `linear-gradient(90deg, ${ink} ${on}px, transparent ${on}px)`,
  backgroundSize: `${on + off}px 100%`,
});

/** The ink along the pipe, and the mark in its middle where a line is interrupted or deserves a look. */
type Stroke = { ink: CSSObject; mark?: CSSObject };

/** Solid up, dashed connecting, broken where it failed, dotted offline: the pattern tells them apart, not the colour alone. */
const strokes: Record<LineState, Stroke> = {
  up: { ink: { backgroundColor: color.up } },
  warning: {
    ink: { backgroundColor: color.warning },
    mark: { width: 7, height: 7, top: 'calc(50% - 3.5px)', rotate: '45deg', backgroundColor: color.warning },
  },
  connecting: {
    ink: {
      ...dashes(color.primary, 9, 7),
      left: -16,
      animation: `${drift} 1.2s linear infinite`,
      [media.calm]: { animation: 'none' },
    },
  },
  failed: {
    ink: dashes(color.field, 2, 4),
    mark: {
      width: 15,
      height: 'max(4px, var(--ink))',
      top: 'calc(50% - max(4px, var(--ink)) / 2)',
      backgroundColor: color.failed,
    },
  },
  offline: { ink: dashes(color.textTertiary, 2, 4) },
};

const strip: CSSObject = {
  position: 'absolute',
  left: 0,
  right: 0,
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
    top: 'calc(50% - var(--ink) / 2)',
    height: 'var(--ink)',
  },
  // A share is as many lines as fit: a solid block would shout that all is well.
  '&[data-band]::before': { maskImage: 'repeating-linear-gradient(180deg, #000 0 2px, transparent 2px 5px)' },
  // Its ink is a dash longer than the line, and drifts.
  '&[data-state=connecting]': { overflow: 'clip' },
  '&::after': { position: 'absolute', left: 'calc(50% - 7px)' },
  ...Object.fromEntries(
    Object.entries(strokes).flatMap(([state, { ink, mark }]) => [
      [`&[data-state=${state}]::before`, ink],
      ...(mark === undefined ? [] : [[`&[data-state=${state}]::after`, { content: '""', ...mark }]]),
    ]),
  ),
};

/** A line or band in the pipe. Its geometry comes from `strokeStyle`, its ink from `data-state`. */
export const Stroke = styled('div')(strip);
export const StrokeLink = createLink(styled('a')(strip));

/** `ink` pixels of line in the middle of a strip of `reach` pixels around `centre`, so that a 2 px line can be hit. */
export const strokeStyle = (centre: number, ink: number, reach: number) => ({
  top: centre - reach / 2,
  height: reach,
  '--ink': `${ink}px`,
});
