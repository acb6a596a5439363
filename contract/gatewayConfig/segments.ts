import type { ConfLine, ConfSegment } from './document.ts';

export const plain = (text: string): ConfSegment => ({ text });

/** Has to be the same on both sides. */
export const matching = (text: string): ConfSegment => ({ text, match: true });

/** What stands where a value isn't known yet, or isn't to be shown. */
export const placeholder = (name: string): ConfSegment => ({ text: `<${name}>`, missing: true });

/** A value, or a placeholder that says what belongs there. */
export const valueOr = (value: string | undefined, name: string): ConfSegment =>
  value === undefined || value === '' ? placeholder(name) : plain(value);

/** As `valueOr`, for what has to be the same on both sides. */
export const matchOr = (value: string | undefined, name: string): ConfSegment =>
  value === undefined || value === '' ? placeholder(name) : matching(value);

/** A line from text and values, in order. */
export const line = (...pieces: (string | ConfSegment)[]): ConfLine =>
  pieces.map((piece) => (typeof piece === 'string' ? plain(piece) : piece));

export const blank: ConfLine = [];
