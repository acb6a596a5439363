import { swanctlSeconds } from './durations.ts';
import { fixed, ignored, mapped, refused, understood, type Report } from './findings.ts';
import type { ConfEntry } from './ipsecFile.ts';
import { readLifetime } from './readTimes.ts';
import { accept } from '../result.ts';
import type { TakenSettings } from './takenSettings.ts';

const leftToReplicas = fixed('The gateway leaves renewing keys to the replicas.');

/** strongSwan's tolerance beyond the time of rekeying, unless it is set: a tenth of it. */
const tenth = (seconds: number): number => Math.floor(seconds / 10);

const secondsOf = (entry: ConfEntry | undefined): number | undefined => {
  const parsed = entry && swanctlSeconds(entry.value);
  return parsed?.ok === true ? parsed.value : undefined;
};

/**
 * How long an IKE_SA lives: the time after which it is rekeyed (or reauthenticated) and the tolerance beyond it,
 * together. Zero turns rekeying by the gateway off, which says nothing of a lifetime.
 */
export function readIkeLifetime(settings: TakenSettings, report: Report): number | undefined {
  const [rekey, reauth, over] = [
    settings.take('rekey_time'),
    settings.take('reauth_time'),
    settings.take('over_time'),
  ];
  const main = (secondsOf(rekey) ?? 0) > 0 || !reauth || secondsOf(reauth) === 0 ? (rekey ?? reauth) : reauth;
  for (const entry of [rekey, reauth]) {
    if (entry && secondsOf(entry) === 0) report.say(entry.line, leftToReplicas);
    else if (entry && entry !== main)
      report.say(entry.line, ignored('When the gateway asks for a new sign-in.'));
  }
  if (!main) {
    if (over) report.say(over.line, ignored('Without rekey_time it says nothing of a lifetime.'));
    return undefined;
  }
  const time = swanctlSeconds(main.value);
  if (!time.ok) return readLifetime(time, 'ike', main.line, report);
  if (time.value === 0) {
    if (over) report.say(over.line, ignored('The gateway doesn’t renew keys, so it isn’t used.'));
    return undefined;
  }
  const extra = over === undefined ? accept(tenth(time.value)) : swanctlSeconds(over.value);
  if (!extra.ok) {
    report.say(over?.line ?? main.line, refused(extra.refusal.message, 'ike.lifetimeSeconds'));
    return undefined;
  }
  const total = accept(time.value + extra.value, [...time.warnings, ...extra.warnings]);
  const lifetime = readLifetime(total, 'ike', main.line, report);
  if (lifetime === undefined) return undefined;
  if (over) report.say(over.line, understood('ike.lifetimeSeconds'));
  if (extra.value === 0) return lifetime;
  const parts = `The lifetime is ${time.value} seconds and ${extra.value} seconds of tolerance`;
  const where = over === undefined ? ', strongSwan’s tenth' : '';
  report.say(main.line, mapped('ike.lifetimeSeconds', `${parts}${where}: ${lifetime} seconds.`));
  return lifetime;
}

/** How long a CHILD_SA lives: `life_time`, or a tenth more than the time of rekeying. */
export function readChildLifetime(settings: TakenSettings, report: Report): number | undefined {
  const [life, rekey] = [settings.take('life_time'), settings.take('rekey_time')];
  if (life && secondsOf(life) !== 0) {
    if (rekey) {
      report.say(
        rekey.line,
        secondsOf(rekey) === 0 ? leftToReplicas : ignored('When the gateway itself renews keys.'),
      );
    }
    return readLifetime(swanctlSeconds(life.value), 'esp', life.line, report);
  }
  if (life) report.say(life.line, ignored('Zero: no lifetime of its own.'));
  if (!rekey) return undefined;
  const time = swanctlSeconds(rekey.value);
  if (time.ok && time.value === 0) {
    report.say(rekey.line, leftToReplicas);
    return undefined;
  }
  if (!time.ok) return readLifetime(time, 'esp', rekey.line, report);
  const total = accept(time.value + tenth(time.value), time.warnings);
  const lifetime = readLifetime(total, 'esp', rekey.line, report);
  if (lifetime === undefined) return undefined;
  const note = `The lifetime is that and strongSwan’s tenth more: ${lifetime} seconds.`;
  report.say(rekey.line, mapped('esp.lifetimeSeconds', note));
  return lifetime;
}
