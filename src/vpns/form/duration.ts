/** A length of time as people write it: an amount and its unit. Stored and sent as whole seconds. */
export const durationUnits = ['seconds', 'minutes', 'hours'] as const;
export type DurationUnit = (typeof durationUnits)[number];
export type Duration = { amount: string; unit: DurationUnit };

const secondsOf: Record<DurationUnit, number> = { seconds: 1, minutes: 60, hours: 3600 };

/** The largest unit that gives a whole number: 3600 s is 1 hour, 5400 s is 90 minutes, 3601 s stays seconds. */
export function toDuration(seconds: number): Duration {
  if (!Number.isFinite(seconds)) return { amount: '', unit: 'hours' };
  const unit = seconds % 3600 === 0 ? 'hours' : seconds % 60 === 0 ? 'minutes' : 'seconds';
  return { amount: String(seconds / secondsOf[unit]), unit };
}

/**
 * Seconds of what was typed, NaN when it is no number. A decimal comma or point is fine ("1.5" hours) as long as
 * whole seconds come out.
 */
export function toSeconds({ amount, unit }: Duration): number {
  const text = amount.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(text)) return Number.NaN;
  const seconds = Number(text) * secondsOf[unit];
  const whole = Math.round(seconds);
  return Math.abs(seconds - whole) < 1e-6 ? whole : Number.NaN;
}

/** "1 hour", "90 minutes", for reading. */
export function durationWords(seconds: number): string {
  const { amount, unit } = toDuration(seconds);
  return amount === '1' ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`;
}
