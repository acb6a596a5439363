import { Option, type Command } from 'commander';
import type { ImportedConfig, ImportedConnection } from '../../contract/gatewayImport/imported.ts';
import { vpnDefaults } from '../../contract/vpnDefaults.ts';
import type { Session } from '../../contract/session.ts';
import type { Vpn, VpnSettings } from '../../contract/vpns.ts';
import { CliError, usageError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import type { Output } from '../output.ts';
import { chosenKey, keyLine, keyOptions, type KeyOptions } from './preSharedKey.ts';
import { settingsOptions, withOptions, type SettingsOptions } from './settingsOptions.ts';

type Options = SettingsOptions & KeyOptions & { name?: string; connection?: string; dryRun?: boolean };

export function addVpnImport(vpn: Command, context: Context): void {
  const command = leaf(vpn, 'import', {
    summary: 'Create a VPN from the configuration of a gateway',
    more:
      'Reads strongSwan’s ipsec.conf or swanctl.conf, or Libreswan’s, with the key among it or from --psk-file. Lines that Culvert can’t do are told. ' +
      'Settings that are given as options come before the file’s.',
    examples: [
      { line: 'culvert vpn import ipsec.conf --dry-run', does: 'Say what would be made of it' },
      {
        line: 'culvert vpn import ipsec.conf --name Berlin --peer-ip 203.0.113.7 --psk-file psk.txt',
        does: 'Create it, with what the file leaves open',
      },
    ],
  })
    .argument('<file>', 'the gateway’s configuration; - is stdin')
    .option('--name <name>', 'the VPN’s name; left out: the connection’s')
    .option('--connection <name>', 'which one, where the file has several')
    .addOption(new Option('--dry-run', 'create nothing'));
  keyOptions(settingsOptions(command)).action(
    action(context, async ({ connect, out }, file: string, options: Options) => {
      const { api, teamApi } = await connect();
      const text = await readConfiguration(context, file, options);
      const { server } = await api.get<Session>('/session');
      const { importGatewayConfig } = await import('../../contract/gatewayImport/import.ts');
      const read = importGatewayConfig(text, { allowPrivatePeers: server.allowPrivatePeers });
      if (!read.ok) throw new CliError(read.refusal.message, { code: read.refusal.code });
      const connection = chosenConnection(read.value, options.connection);
      const settings = mergedSettings(connection, options);
      sayFindings(out, read.value, stillMissing(connection, options));
      if (options.dryRun) {
        out.result({ connection: { ...connection, preSharedKey: null }, settings }, () =>
          JSON.stringify(settings, null, 2),
        );
        return;
      }
      const own = options.pskFile === undefined && !options.generatePsk ? connection.preSharedKey : null;
      const key = own === null ? await chosenKey(context, out, options) : { key: own, generated: false };
      const created = await teamApi.post<Vpn>('/vpns', { ...settings, preSharedKey: key.key });
      const generated = key.generated ? { preSharedKey: key.key } : {};
      out.result({ ...created, ...generated }, () => `Created ${created.name}.${keyLine(key)}`);
    }),
  );
}

async function readConfiguration(context: Context, file: string, { pskFile }: KeyOptions): Promise<string> {
  if (file !== '-') {
    return await context.readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new CliError(`The configuration can’t be read: ${error.message}.`);
    });
  }
  if (pskFile === '-') throw usageError('Only one of the two can be stdin: the configuration or the key.');
  return await context.stdin.read();
}

function chosenConnection({ connections }: ImportedConfig, wanted: string | undefined): ImportedConnection {
  const names = connections.map(({ name }) => name).join(', ');
  const found = wanted === undefined ? connections : connections.filter(({ name }) => name === wanted);
  const [only] = found;
  if (only === undefined)
    throw usageError(`The file has no connection “${wanted ?? ''}”.`, `It has: ${names}.`);
  if (found.length > 1)
    throw usageError('The file has several connections.', `Choose one with --connection: ${names}.`);
  return only;
}

/** The defaults, over them what the file says, over that what the options say. */
function mergedSettings(
  { settings: { name, ike, esp, ...rest } }: ImportedConnection,
  options: Options,
): VpnSettings {
  const imported: VpnSettings = {
    ...vpnDefaults,
    ...rest,
    ike: { ...vpnDefaults.ike, ...ike },
    esp: { ...vpnDefaults.esp, ...esp },
  };
  return { ...withOptions(imported, options), name: options.name ?? name ?? '' };
}

/** What the file leaves open and no option says; the sentences begin with the field. */
function stillMissing({ missing }: ImportedConnection, options: Options): string[] {
  const said = [
    ...(options.peerIp === undefined ? [] : ['Peer IP']),
    ...(options.subnet === undefined ? [] : ['Peer subnets']),
    ...(options.pskFile === undefined && !options.generatePsk ? [] : ['Pre-shared key']),
    ...(options.ikeProposal === undefined ? [] : ['IKE cipher suites']),
    ...(options.espProposal === undefined ? [] : ['ESP cipher suites']),
  ];
  return missing.filter((sentence) => !said.some((field) => sentence.startsWith(`${field}:`)));
}

/** What somebody has to look at: lines that weren’t taken, and what is left open. Keys are dots in `lines`. */
function sayFindings(out: Output, { lines }: ImportedConfig, missing: readonly string[]): void {
  for (const { number, text, verdict, note } of lines) {
    if (verdict !== 'refused' && verdict !== 'unknown') continue;
    out.say(`line ${number}: ${text.trim()}${note === null ? '' : ` (${note})`}`);
  }
  for (const sentence of missing) out.say(sentence);
}
