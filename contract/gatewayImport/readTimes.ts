import type { Result } from '../result.ts';
import { DPD_DELAY, LIFETIME } from '../vpnLimits.ts';
import { ignored, mapped, refused, understood, type Report } from './findings.ts';

type Seconds = Result<number>;

const noteOf = (seconds: Seconds): string | undefined =>
  seconds.ok ? seconds.warnings.map(({ message }) => message).join(' ') || undefined : undefined;

/** A lifetime in seconds, where it is one that the form takes; undefined: it isn't, and the line says why. */
export function readLifetime(
  seconds: Seconds,
  phase: 'ike' | 'esp',
  line: number,
  report: Report,
): number | undefined {
  const field = `${phase}.lifetimeSeconds`;
  if (!seconds.ok) {
    report.say(line, refused(seconds.refusal.message, field));
    return undefined;
  }
  if (seconds.value < LIFETIME.min || seconds.value > LIFETIME.max) {
    const bound = seconds.value < LIFETIME.min ? 'at least 5 minutes' : 'at most 24 hours';
    const meant = noteOf(seconds) ?? '';
    report.say(
      line,
      refused(`${meant} ${seconds.value} seconds: lifetimes are ${bound} here.`.trim(), field),
    );
    return undefined;
  }
  const note = noteOf(seconds);
  report.say(line, note === undefined ? understood(field) : mapped(field, note));
  return seconds.value;
}

/** How often a silent gateway is asked. Where the gateway itself never asks, replicas still do. */
export function readDpdDelay(seconds: Seconds, line: number, report: Report): number | undefined {
  const field = 'dpdDelaySeconds';
  if (seconds.ok && seconds.value === 0) {
    report.say(line, ignored('The gateway doesn’t ask; replicas do.'));
    return undefined;
  }
  if (!seconds.ok || seconds.value < DPD_DELAY.min || seconds.value > DPD_DELAY.max) {
    const why = seconds.ok ? 'Between 5 seconds and one hour here.' : seconds.refusal.message;
    report.say(line, refused(`${why} Each side has its own, so the form’s stays.`, field));
    return undefined;
  }
  const note = noteOf(seconds);
  report.say(line, note === undefined ? understood(field) : mapped(field, note));
  return seconds.value;
}

/** yes or no as the gateway reads it; undefined: neither. */
export function readYesNo(text: string): boolean | undefined {
  if (/^(?:yes|y|true|on|1|enabled)$/i.test(text)) return true;
  return /^(?:no|n|false|off|0|disabled)$/i.test(text) ? false : undefined;
}
