import { shown } from '../shownText.ts';
import { mapped, refused, understood, type Report } from './findings.ts';
import { secretFor, type FileSecret } from './secretsLine.ts';

/** The gateway’s pre-shared key, as it is entered; null: the text has none that can be. `names`: what secrets may call it. */
export function readKey(
  secrets: readonly FileSecret[],
  names: readonly string[],
  report: Report,
): string | null {
  const found = secretFor(secrets, names);
  if (!found) return null;
  const { key, line } = found.secret;
  if (!key.ok) {
    report.say(line, refused(key.refusal.message, 'preSharedKey'));
    return null;
  }
  const whose =
    found.others.length === 0
      ? []
      : [
          `This key is for ${shown(found.others.join(', '))}, which this connection’s gateway isn’t called. Check that it is the right one.`,
        ];
  const notes = [...whose, ...key.warnings.map(({ message }) => message)].join(' ');
  report.say(line, notes === '' ? understood('preSharedKey') : mapped('preSharedKey', notes));
  return key.value;
}
