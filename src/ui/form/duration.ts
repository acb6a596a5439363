export const durationUnits = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
export type DurationUnit = keyof typeof durationUnits;

/** The largest of `units` in which the seconds are a whole number: 28800 is 8 hours, 5400 is 90 minutes. */
export function unitOf(seconds: number, units: readonly DurationUnit[]): DurationUnit {
  const fitting = units.filter(
    (unit) => seconds % durationUnits[unit] === 0 && seconds >= durationUnits[unit],
  );
  const largest = fitting.toSorted((one, other) => durationUnits[other] - durationUnits[one])[0];
  return largest ?? units[0] ?? 'seconds';
}

/** Seconds from what was typed; NaN when it isn't a number, so that the form's rule can say so. */
export function secondsOf(text: string, unit: DurationUnit): number {
  const amount = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(amount)
    ? Number.NaN
    : Math.round(amount * durationUnits[unit]);
}
