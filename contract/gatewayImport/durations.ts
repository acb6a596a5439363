import { accept, refuse, type Result } from '../result.ts';
import { shown } from '../shownText.ts';

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

const notADuration = (text: string, example: string) =>
  refuse({ code: 'duration', message: `“${shown(text)}” is not a duration such as ${example}.`, part: text });

/** ipsec.conf, of strongSwan and of Libreswan: decimal digits, with m, h or d (Libreswan: w) also a fraction. In seconds. */
export function ipsecConfSeconds(text: string): Result<number> {
  const match = /^(\d{1,9})(\.\d{1,6})?([smhdw]?)$/.exec(text);
  if (!match) return notADuration(text, '8h');
  const [, whole = '', fraction = '', unit = ''] = match;
  if (fraction !== '' && (unit === '' || unit === 's')) return notADuration(text, '8h');
  const seconds = Number(whole + fraction) * (unitSeconds[unit] ?? 1);
  return Number.isInteger(seconds) ? accept(seconds) : accept(Math.round(seconds));
}

/**
 * swanctl.conf: strongSwan reads the number as C does (`0x…` hexadecimal, a leading zero octal), one suffix, no fraction
 * (libcharon/plugins/vici/vici_config.c, parse_time). In seconds; a warning says where the number isn't what it looks like.
 */
export function swanctlSeconds(text: string): Result<number> {
  const match = /^(0x[\da-f]{1,8}|\d{1,9})\s{0,8}([smhd]?)$/i.exec(text);
  if (!match) return notADuration(text, '8h');
  const [, digits = '', unit = ''] = match;
  if (unit !== unit.toLowerCase()) return notADuration(text, '8h');
  const scale = unitSeconds[unit] ?? 1;
  if (/^0x/i.test(digits)) {
    const value = Number.parseInt(digits, 16);
    return accept(value * scale, [
      { code: 'duration_hex', message: `strongSwan reads ${digits} as hexadecimal: ${value}.` },
    ]);
  }
  if (/^0\d/.test(digits)) {
    if (/[89]/.test(digits)) return notADuration(text, '8h');
    const value = Number.parseInt(digits, 8);
    return accept(value * scale, [
      { code: 'duration_octal', message: `strongSwan reads ${digits} as octal: ${value}.` },
    ]);
  }
  return accept(Number(digits) * scale);
}
