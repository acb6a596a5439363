import { mapped, refused, understood, type Report } from './findings.ts';
import { secretFor, type FileSecret } from './secretsLine.ts';

/** The gateway’s pre-shared key, as it is entered; null: the text has none that can be. `names`: what secrets may call it. */
export function readKey(
  secrets: readonly FileSecret[],
  names: readonly string[],
  report: Report,
): string | null {
  const secret = secretFor(secrets, names);
  if (!secret) return null;
  const { key, line } = secret;
  if (!key.ok) {
    report.say(line, refused(key.refusal.message, 'preSharedKey'));
    return null;
  }
  const notes = key.warnings.map(({ message }) => message).join(' ');
  report.say(line, notes === '' ? understood('preSharedKey') : mapped('preSharedKey', notes));
  return key.value;
}
