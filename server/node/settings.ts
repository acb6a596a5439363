import { newPassword } from '../../contract/session.ts';
import { emailAddress } from '../../contract/team.ts';
import { passwordWeakness } from '../session/passwordRules.ts';
import { parsePortsDomain, portsDomainFor } from './portsDomain.ts';
import { parsePublicUrl } from './publicUrl.ts';
import { flag, key, port, text, type Parsed, type Parser } from './settingKinds.ts';

export type NodeSettings = {
  port: number;
  host: string;
  /** The data folder. */
  data: string;
  /** null: http://localhost and the port it listens on. */
  publicUrl: string | null;
  /** null: the one in the data folder, made at the first start. */
  secretKey: Uint8Array<ArrayBuffer> | null;
  /** Who becomes the first admin on an empty database; null: whoever opens the setup link. */
  admin: { email: string; password: string; token: string | null } | null;
  allowPrivatePeers: boolean;
  /** Issuers of identity tokens and OpenID providers may be on private addresses, and spoken to without TLS. */
  allowPrivateIssuers: boolean;
  /** null: ports can’t be forwarded. */
  portsDomain: string | null;
  portsInterstitial: boolean;
};

type Setting<Value> = { parse: Parser<Value>; fallback: Value; help: string };

const setting = <Value>(parse: Parser<Value>, fallback: NoInfer<Value>, help: string): Setting<Value> => ({
  parse,
  fallback,
  help,
});

const orNull =
  <Value>(parse: Parser<Value>): Parser<Value | null> =>
  (given) =>
    parse(given);

const email: Parser<string> = (given) => {
  const parsed = emailAddress.safeParse(given);
  return parsed.success ? { value: parsed.data } : { problem: `“${given}” is not an email address.` };
};

const token: Parser<string> = (given) =>
  /^[\w-]{32,200}$/.test(given)
    ? { value: given }
    : { problem: 'it must be 32 to 200 letters, digits, dashes or underscores (openssl rand -hex 32).' };

const table = {
  PORT: setting(port, 8080, 'Port to listen on; 0 takes a free one.'),
  HOST: setting(text, '127.0.0.1', 'Address to listen on.'),
  DATA: setting(text, './data', 'Folder of the database and the secret key.'),
  PUBLIC_URL: setting(orNull(parsePublicUrl), null, 'Where people open the dashboard; https, or loopback.'),
  SECRET_KEY: setting(
    orNull(key),
    null,
    'Seals pre-shared keys. 32 bytes in base64 or hex; made once if not given.',
  ),
  ADMIN_EMAIL: setting(orNull(email), null, 'First start: makes the first admin and a team.'),
  ADMIN_PASSWORD: setting(orNull(text), null, 'The first admin’s password.'),
  ADMIN_TOKEN: setting(orNull(token), null, 'Gives the first admin an API token of this value.'),
  ALLOW_PRIVATE_PEERS: setting(flag, false, 'Allow gateways on private addresses.'),
  ALLOW_PRIVATE_ISSUERS: setting(
    flag,
    false,
    'Ask issuers and OpenID providers on private addresses, also by http.',
  ),
  PORTS_DOMAIN: setting(
    orNull(parsePortsDomain),
    null,
    'Forwarded ports are one label below it; localhost where the public URL is.',
  ),
  PORTS_INTERSTITIAL: setting(
    flag,
    true,
    'Warn of phishing before a browser’s first visit to a public port.',
  ),
} as const;

type Name = keyof typeof table;
const names = Object.keys(table).filter((name): name is Name => Object.hasOwn(table, name));
const flagOf = (name: Name) => `--${name.toLowerCase().replaceAll('_', '-')}`;

/** Stops the start: its message is the one line that says why. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The lines of `--help`. */
export const settingsHelp = (): string =>
  names
    .map((name) => `  CULVERT_${name.padEnd(21)} ${flagOf(name).padEnd(24)} ${table[name].help}`)
    .join('\n');

/**
 * Reads the settings from flags and the environment; a flag wins. Throws SettingsError for a bad value, an unknown flag
 * or settings that don't go together. `warnings` names variables that look like ours and aren't.
 */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { settings: NodeSettings; warnings: string[] } {
  const given = new Map<Name, { source: string; text: string }>();
  for (const name of names) {
    const value = env[`CULVERT_${name}`];
    if (value !== undefined && value !== '') given.set(name, { source: `CULVERT_${name}`, text: value });
  }
  for (const [name, value] of readFlags(args)) given.set(name, { source: flagOf(name), text: value });

  const read = <Value>(name: Name, { parse, fallback }: Setting<Value>): Value => {
    const entry = given.get(name);
    if (!entry) return fallback;
    const parsed: Parsed<Value> = parse(entry.text);
    if ('problem' in parsed) throw new SettingsError(`${entry.source}: ${parsed.problem}`);
    return parsed.value;
  };

  const publicUrl = read('PUBLIC_URL', table.PUBLIC_URL);
  const portsDomain = portsDomainFor(publicUrl, read('PORTS_DOMAIN', table.PORTS_DOMAIN));
  if ('problem' in portsDomain) {
    throw new SettingsError(`${given.get('PORTS_DOMAIN')?.source ?? ''}: ${portsDomain.problem}`);
  }
  const settings: NodeSettings = {
    port: read('PORT', table.PORT),
    host: read('HOST', table.HOST),
    data: read('DATA', table.DATA),
    publicUrl,
    secretKey: read('SECRET_KEY', table.SECRET_KEY),
    admin: adminOf(
      read('ADMIN_EMAIL', table.ADMIN_EMAIL),
      read('ADMIN_PASSWORD', table.ADMIN_PASSWORD),
      read('ADMIN_TOKEN', table.ADMIN_TOKEN),
    ),
    allowPrivatePeers: read('ALLOW_PRIVATE_PEERS', table.ALLOW_PRIVATE_PEERS),
    allowPrivateIssuers: read('ALLOW_PRIVATE_ISSUERS', table.ALLOW_PRIVATE_ISSUERS),
    portsDomain: portsDomain.value,
    portsInterstitial: read('PORTS_INTERSTITIAL', table.PORTS_INTERSTITIAL),
  };
  const known = new Set(names.map((name) => `CULVERT_${name}`));
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('CULVERT_') && !known.has(name))
    .map((name) => `${name} is not a setting of this server and has no effect.`);
  return { settings, warnings };
}

/** `--port 8080` and `--port=8080`; a flag that is true or false may stand alone. */
function readFlags(args: readonly string[]): [Name, string][] {
  const found: [Name, string][] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [word = '', ...rest] = (args[at] ?? '').split('=');
    const name = names.find((candidate) => flagOf(candidate) === word);
    if (!name) throw new SettingsError(`${word} is not a flag of this server. --help lists them.`);
    if (rest.length > 0) found.push([name, rest.join('=')]);
    else if (table[name].parse === flag) found.push([name, 'true']);
    else {
      at += 1;
      const value = args[at];
      if (value === undefined) throw new SettingsError(`${word} needs a value.`);
      found.push([name, value]);
    }
  }
  return found;
}

function adminOf(
  address: string | null,
  password: string | null,
  apiToken: string | null,
): NodeSettings['admin'] {
  if (address === null && password === null && apiToken === null) return null;
  if (address === null || password === null) {
    throw new SettingsError('CULVERT_ADMIN_EMAIL and CULVERT_ADMIN_PASSWORD go together.');
  }
  const length = newPassword.safeParse(password);
  const problem = length.success
    ? passwordWeakness(password, { name: '', email: address })
    : (length.error.issues[0]?.message ?? null);
  if (problem !== null) throw new SettingsError(`CULVERT_ADMIN_PASSWORD: ${problem}`);
  return { email: address, password, token: apiToken };
}
