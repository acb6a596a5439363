import { CONNECTIONS_MAX } from './alsoChain.ts';
import { decodeKey } from './decodeKey.ts';
import { ignored, understood, unknown, type Report } from './findings.ts';
import type { ImportedConnection } from './imported.ts';
import type { ConfEntry } from './ipsecFile.ts';
import type { SecretSpan } from './maskKeys.ts';
import type { FileSecret } from './secretsLine.ts';
import { readSwanctlConnection } from './swanctlConnection.ts';
import { readSwanctlFile, type SwanctlSection } from './swanctlFile.ts';
import { withReferences } from './swanctlReferences.ts';

/** `ike-…` sections: pre-shared keys, and whose they are. */
function readSecrets(section: SwanctlSection | undefined, report: Report): FileSecret[] {
  const secrets: FileSecret[] = [];
  for (const [name, { entries }] of section?.sections ?? []) {
    if (!name.startsWith('ike')) {
      for (const { line } of entries.values()) {
        report.say(line, ignored('Belongs to another way to sign in than a pre-shared key.'));
      }
      continue;
    }
    const owners: string[] = [];
    for (const { key, value, line } of entries.values()) {
      if (key === 'secret') continue;
      if (!key.startsWith('id')) report.say(line, unknown('Not a setting of a key that is known here.'));
      else {
        owners.push(value.replace(/^@/, ''));
        report.say(line, understood(undefined, 'Whose the key is.'));
      }
    }
    const written = entries.get('secret');
    if (written) secrets.push({ owners, key: decodeKey(written.value, true), line: written.line });
  }
  return secrets;
}

function readPools(section: SwanctlSection | undefined, report: Report): Map<string, ConfEntry> {
  const pools = new Map<string, ConfEntry>();
  for (const [name, { entries }] of section?.sections ?? []) {
    for (const entry of entries.values()) {
      if (entry.key === 'addrs') pools.set(name, entry);
      else report.say(entry.line, ignored('Replicas take only the address from the gateway.'));
    }
  }
  return pools;
}

const looksLikeConnection = ({ name, entries, sections }: SwanctlSection): boolean =>
  !['secrets', 'pools', 'authorities'].includes(name) &&
  (sections.has('children') || entries.has('remote_addrs') || entries.has('proposals'));

/** All connections of a swanctl.conf, also where `connections { … }` around them wasn't copied. */
export function readSwanctl(
  texts: readonly string[],
  allowPrivatePeers: boolean,
  report: Report,
): { connections: ImportedConnection[]; spans: SecretSpan[] } {
  const { root, spans } = readSwanctlFile(texts, report);
  const around = root.sections.get('connections');
  const sections = around
    ? [...withReferences(root, around, report).sections.keys()]
    : [...root.sections.values()].filter(looksLikeConnection).map(({ name }) => name);
  const pools = readPools(root.sections.get('pools'), report);
  const secrets = readSecrets(root.sections.get('secrets'), report);
  const parent = around ?? root;
  const connections = sections.slice(0, CONNECTIONS_MAX).flatMap((name) => {
    const section = parent.sections.get(name);
    if (!section) return [];
    const complete = withReferences(root, section, report);
    return [readSwanctlConnection(complete, { pools, secrets, allowPrivatePeers, report })];
  });
  return { connections, spans };
}
