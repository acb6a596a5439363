import { resolveConns } from './alsoChain.ts';
import type { Report } from './findings.ts';
import type { ImportedConnection } from './imported.ts';
import { readIpsecConnection } from './ipsecConnection.ts';
import { ipsecDialect, type IpsecDialect } from './ipsecDialect.ts';
import { readIpsecFile } from './ipsecFile.ts';
import { setupFinding } from './ipsecKeywords.ts';
import type { SecretSpan } from './maskKeys.ts';

/** All connections of an ipsec.conf, of strongSwan or Libreswan, with the keys of an ipsec.secrets that stands with it. */
export function readIpsec(
  texts: readonly string[],
  allowPrivatePeers: boolean,
  report: Report,
): { connections: ImportedConnection[]; spans: SecretSpan[]; dialect: IpsecDialect } {
  const { setup, conns, secrets, spans } = readIpsecFile(texts, report);
  const dialect = ipsecDialect([...setup, ...conns.flatMap(({ entries }) => entries)]);
  for (const { key, value, line } of setup) report.say(line, setupFinding(key, value));
  const context = { dialect, secrets, allowPrivatePeers, report };
  const connections = resolveConns(conns, report).map((conn) => readIpsecConnection(conn, context));
  return { connections, spans, dialect };
}
