import { importGatewayConfig } from './import.ts';
import type { ImportedConfig, ImportedConnection, ImportedLine } from './imported.ts';

/** The text as a configuration; a refusal ends the test. */
export function imported(text: string, policy?: { allowPrivatePeers: boolean }): ImportedConfig {
  const result = importGatewayConfig(text, policy);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

/** The only connection of the text. */
export function connectionOf(text: string, policy?: { allowPrivatePeers: boolean }): ImportedConnection {
  const [connection, ...others] = imported(text, policy).connections;
  if (!connection || others.length > 0) throw new Error('There isn’t exactly one connection.');
  return connection;
}

/** The line that starts like this, apart from blanks. */
export function lineOf(text: string, start: string): ImportedLine {
  const line = imported(text).lines.find((candidate) => candidate.text.trim().startsWith(start));
  if (!line) throw new Error(`There is no line ${start}.`);
  return line;
}

/** A connection of an ipsec.conf that has these settings beside the usual ones. */
export const conn = (...settings: string[]): string =>
  ['conn office', 'authby=secret', 'keyexchange=ikev2', ...settings]
    .map((line, at) => (at === 0 ? line : `  ${line}`))
    .join('\n');

/** A connection of a swanctl.conf with these settings, and those of its child. */
export const swanctl = (settings: string, child = ''): string => `connections {
  office {
    version = 2
    local { auth = psk }
    remote { auth = psk }
    ${settings}
    children { lan { ${child} } }
  }
}`;
