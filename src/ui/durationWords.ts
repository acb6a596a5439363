import { durationUnits, unitOf } from './form/duration.ts';

/** A setting's length of time for reading: “1 hour”, “90 minutes”. Seconds in. */
export function durationWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'not a number';
  const unit = unitOf(seconds, ['seconds', 'minutes', 'hours']);
  const amount = seconds / durationUnits[unit];
  return amount === 1 ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`;
}
