import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SECRETS_FOLDER } from '../contract/secretDelivery.ts';

export type Command =
  | {
      kind: 'run';
      server: URL;
      token: string | null;
      stateDir: string;
      folder: string;
      secretsDir: string;
      boot: string | null;
      name: string | null;
      keepTunnels: boolean;
      replace: boolean;
    }
  | { kind: 'remove'; stateDir: string }
  | { kind: 'check' }
  | { kind: 'version' }
  | { kind: 'help' }
  | { kind: 'wrong'; problem: string };

export const help = `Usage: culvert-agent run --server URL --token TOKEN [options]
       culvert-agent remove [--state DIR]
       culvert-agent check

Commands:
  run                 Join a workspace as a replica and hold its tunnels. The token is needed once.
  remove              End tunnels that are still up and delete the agent's state. For a stopped agent.
  check               Say whether this machine can do IPsec, or why not and the command that mends it.

Options:
  --server URL        The Culvert server (CULVERT_SERVER).
  --token TOKEN       Join token of the workspace (CULVERT_JOIN_TOKEN).
  --token-file FILE   Read the join token from a file.
  --state DIR         Where the agent keeps its state (CULVERT_STATE). Default: /var/lib/culvert-agent
  --folder DIR        The working folder, whose devcontainer.json declares ports (CULVERT_FOLDER). Default: this one
  --secrets DIR       Where the replica's secrets go, in memory (CULVERT_SECRETS). Default: /run/culvert
  --name NAME         What this replica calls itself. Default: the host name
  --keep-tunnels      Leave the tunnels up when the agent ends.
  --replace           End an agent that is at work on the same state, and take its tunnels over.
  --version           Print the version.
  --help              Print this.
`;

const options = {
  server: { type: 'string' },
  token: { type: 'string' },
  'token-file': { type: 'string' },
  state: { type: 'string' },
  folder: { type: 'string' },
  secrets: { type: 'string' },
  name: { type: 'string' },
  'keep-tunnels': { type: 'boolean' },
  replace: { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the command line; the environment stands in for what it leaves out.
 *
 * @param readFile reads `--token-file`
 */
export function parseCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Command {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.version) return { kind: 'version' };
  if (values.help) return { kind: 'help' };
  const stateDir = values.state ?? env['CULVERT_STATE'] ?? '/var/lib/culvert-agent';
  const [command, ...rest] = positionals;
  if (rest[0] !== undefined) return wrong(`“${rest[0]}” is one word too many.`);
  if (command === 'remove') return { kind: 'remove', stateDir };
  if (command === 'check') return { kind: 'check' };
  if (command !== 'run') {
    return wrong(
      command === undefined ? 'Say what to do: run, remove, or check.' : `There is no command “${command}”.`,
    );
  }

  const address = values.server ?? env['CULVERT_SERVER'];
  if (!address) return wrong('Say which server to join: --server URL.');
  const server = parseServer(address);
  if (server === null)
    return wrong(`“${address}” is not the address of a server: use http://… or https://….`);

  let token = values.token ?? env['CULVERT_JOIN_TOKEN'] ?? null;
  const file = values['token-file'];
  if (token === null && file !== undefined) {
    try {
      token = readFile(file).trim();
    } catch (error) {
      return wrong(
        `The join token can’t be read: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  }
  if (token !== null && !/^culv_join_[A-Za-z0-9_-]{43}$/.test(token)) {
    return wrong('That is no join token. Copy the whole command from the workspace’s Replicas page.');
  }
  return {
    kind: 'run',
    server,
    token,
    stateDir,
    folder: resolve(values.folder || env['CULVERT_FOLDER'] || '.'),
    secretsDir: resolve(values.secrets || env['CULVERT_SECRETS'] || SECRETS_FOLDER),
    boot: env['CULVERT_BOOT'] || null,
    name: values.name || null,
    keepTunnels: values['keep-tunnels'] ?? false,
    replace: values.replace ?? false,
  };
}

function parseServer(text: string): URL | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return url.username || url.password || url.search || url.hash ? null : url;
}

const wrong = (problem: string): Command => ({ kind: 'wrong', problem });
