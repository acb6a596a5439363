import { readConfValue } from './confText.ts';
import { ignored, refused, unknown, type Report } from './findings.ts';
import type { SecretSpan } from './maskKeys.ts';
import { readSecretsLine, type FileSecret } from './secretsLine.ts';

/** `keyword=value` of line `line` (from 1). */
export type ConfEntry = { key: string; value: string; line: number };
export type ConfSection = { name: string; line: number; entries: ConfEntry[] };

export type IpsecFile = {
  setup: ConfEntry[];
  /** In order of first mention; a name that comes again goes on with the section. */
  conns: ConfSection[];
  secrets: FileSecret[];
  /** What must not be shown. */
  spans: SecretSpan[];
};

const heading = /^\s*(config\s+setup|conn|ca)(?:\s+("[^"]*"|[^\s#"=]+))?\s*(?:#.*)?$/;
const setting = /^(\s*)([A-Za-z][\w.-]*)\s*=(.*)$/;
const include = /^\s*include\s+[^\s=]/;
const foreign = /^\s*(?:version\s+[\d.]+\s*$|RSA\s+\{|\}\s*$)/;

/**
 * Reads ipsec.conf, of strongSwan or Libreswan, with lines of ipsec.secrets among it. Looser than the gateway about blanks at the
 * start of lines, which get lost on copying. Says what it makes of lines that hold no setting.
 */
export function readIpsecFile(texts: readonly string[], report: Report): IpsecFile {
  const file: IpsecFile = { setup: [], conns: [], secrets: [], spans: [] };
  const named = new Map<string, ConfSection>();
  let entries: ConfEntry[] | undefined;
  let flushLeft = false;

  const open = (name: string, line: number): ConfEntry[] => {
    const section = named.get(name) ?? { name, line, entries: [] };
    if (!named.has(name)) file.conns.push(section);
    named.set(name, section);
    return section.entries;
  };

  for (const [index, text] of texts.entries()) {
    const line = index + 1;
    if (/^\s*(?:#|$)/.test(text)) continue;
    const title = heading.exec(text);
    if (title) {
      const [, kind = '', name = ''] = title;
      if (kind === 'conn' && name !== '') entries = open(name.replaceAll('"', ''), line);
      else entries = kind.startsWith('config') ? file.setup : [];
      if (kind === 'conn' && name === '') report.say(line, unknown('The connection has no name.'));
      if (kind === 'ca') report.say(line, ignored('Certificates aren’t used here.'));
      continue;
    }
    const match = setting.exec(text);
    if (match) {
      const [, indent = '', key = '', rest = ''] = match;
      const { value, broken } = readConfValue(rest);
      report.expect(line);
      if (broken) {
        report.say(line, refused('A double quote isn’t closed, so the gateway doesn’t take the file.'));
        continue;
      }
      if (indent === '' && !flushLeft) {
        flushLeft = true;
        report.say(line, {
          verdict: null,
          note: 'In the gateway’s file, this line and those below start with a blank.',
        });
      }
      entries ??= open('', line);
      entries.push({ key, value, line });
      continue;
    }
    const secrets = readSecretsLine(text, line);
    if (secrets) {
      file.spans.push(secrets.span);
      report.expect(line);
      if (secrets.secret) file.secrets.push(secrets.secret);
      else
        report.say(line, ignored(`${secrets.type} belongs to another way to sign in than a pre-shared key.`));
    } else if (include.test(text)) {
      report.say(line, refused('Included files aren’t read. Paste what is in them as well.'));
    } else if (foreign.test(text)) report.say(line, ignored());
    else report.say(line, unknown('No setting: those are written as keyword=value.'));
  }
  return file;
}
