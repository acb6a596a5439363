import { accept, refuse, type Refusal, type Result } from '../result.ts';
import { confLines } from './confText.ts';
import { createReport, type Report } from './findings.ts';
import type { ImportedConfig } from './imported.ts';
import { maskLines } from './maskKeys.ts';
import { readIpsec } from './readIpsec.ts';
import { readSwanctl } from './readSwanctl.ts';

/** Of text, in bytes of UTF-8. A gateway's file has a few thousand. */
export const IMPORT_MAX_BYTES = 256 * 1024;
const LINES_MAX = 10_000;

type Policy = { allowPrivatePeers?: boolean };

const nothingFound: Refusal = {
  code: 'import_nothing',
  message:
    'No connection was found in this text. Expected is a strongSwan ipsec.conf or Libreswan file with “conn …”, or a swanctl.conf with “connections { … }”.',
};

function refuseSize(text: string): Refusal | undefined {
  if (text.trim() === '') {
    return { code: 'import_empty', message: 'Paste the gateway’s configuration, or choose its file.' };
  }
  // A character has at least one byte: what is too long by characters needn't be encoded.
  if (text.length > IMPORT_MAX_BYTES || new TextEncoder().encode(text).length > IMPORT_MAX_BYTES) {
    const message = 'The text is larger than 256 KB. Paste only the part with the connection.';
    return { code: 'import_large', message };
  }
  return undefined;
}

/** swanctl.conf has sections in braces; ipsec.conf has headings without, and braces at most around a value. */
const hasSections = (texts: readonly string[]): boolean =>
  !texts.some((text) => /^(?:conn|config)\s+[^\s{=]/.test(text)) &&
  texts.some((text) => /^\s*[^\s#{}=":,]+\s*(?::[^={}"#]*)?\{/.test(text) || /^\s*\{/.test(text));

function read(texts: readonly string[], allowPrivatePeers: boolean, report: Report) {
  if (hasSections(texts)) {
    return { format: 'swanctl.conf' as const, ...readSwanctl(texts, allowPrivatePeers, report) };
  }
  const { dialect, ...found } = readIpsec(texts, allowPrivatePeers, report);
  const format = dialect === 'libreswan' ? ('libreswan' as const) : ('ipsec.conf' as const);
  return { format, ...found };
}

/**
 * Reads a gateway's configuration: strongSwan's ipsec.conf (with ipsec.secrets among it) or swanctl.conf, or Libreswan's. Every
 * value of a connection is canonical and accepted by `checkVpn` with the same policy; what isn't stays out of it, and its
 * line says why. Keys are dots in `lines`. Refused only where no connection can be found: `import_empty`, `import_large`,
 * `import_nothing`.
 */
export function importGatewayConfig(text: string, policy: Policy = {}): Result<ImportedConfig> {
  const size = refuseSize(text);
  if (size) return refuse(size);
  const texts = confLines(text);
  if (texts.length > LINES_MAX) {
    const message = `The text has ${texts.length} lines. Paste only the part with the connection, at most ${LINES_MAX}.`;
    return refuse({ code: 'import_large', message });
  }
  const report = createReport();
  const { format, connections, spans } = read(texts, policy.allowPrivatePeers ?? false, report);
  if (connections.length === 0) return refuse(nothingFound);
  return accept({ format, connections, lines: report.lines(maskLines(texts, spans)) });
}
