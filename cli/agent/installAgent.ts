import type { JoinTokenCreated } from '../../contract/workspaces.ts';
import { apiPath, createApi } from '../api.ts';
import { chosenWorkspace } from '../chosenWorkspace.ts';
import { CliError, usageError } from '../cliError.ts';
import type { Invocation } from '../invocation.ts';
import { findRootShell, runScript, type RootShell } from '../preview/rootShell.ts';
import { installArguments, type InstallOptions } from './installOptions.ts';

export type Installed = {
  /** The installer’s exit code; with `--foreground`, the agent’s. */
  exit: number;
  /** The replica’s name; null: it hasn’t joined. */
  replica: string | null;
  /** What the installer said last. */
  last: string;
};

/** The installer’s last sentence, and the line of the agent’s log that says the same. */
const connected = [
  /^Connected to \S+ as replica (\S+) of workspace \S+\.$/,
  /"message":"Connected\."(?=.*"replica":"([^"]+)")/,
];

const replicaIn = (line: string): string | null =>
  connected.map((pattern) => pattern.exec(line)?.[1]).find((name) => name !== undefined) ?? null;

/**
 * Runs the server’s installer on this machine with a join token made for it. The token is revoked again where nobody joined
 * with it, or nobody needs it any more: an agent in the foreground that has ended.
 *
 * @param onLine each line that the installer, or the agent in the foreground, prints
 */
export async function installAgent(
  invocation: Invocation,
  options: InstallOptions & { foreground?: boolean },
  onLine: (line: string) => void,
): Promise<Installed> {
  const { context, common, connect } = invocation;
  const workspace = chosenWorkspace(common);
  if (process.platform !== 'linux') {
    throw usageError(`The agent runs on Linux; this is ${process.platform}.`);
  }
  const { server, token: apiToken, team, teamApi } = await connect();
  const shell = await rootShell(context.stdin.isTTY);
  const installer = await createApi(context, server, null, '').text('/agent/install.sh');
  const { joinToken, token } = await teamApi.post<JoinTokenCreated>(
    apiPath`/workspaces/${workspace}/join-tokens`,
    { name: `culvert agent on ${context.hostname}`.slice(0, 80) },
  );
  if (!/^culv_join_[\w-]+$/.test(token)) throw new CliError(`${server} gave no join token.`);
  const installed: Installed = { exit: 1, replica: null, last: '' };
  try {
    installed.exit = await runScript(
      shell,
      // A variable of the script alone: arguments and the environment of what it starts can be read beside it.
      `CULVERT_JOIN_TOKEN='${token}'\n${installer}`,
      [...installArguments(options), ...(options.foreground ? ['--foreground'] : [])],
      (line) => {
        installed.replica ??= replicaIn(line);
        installed.last = line;
        onLine(line);
      },
      context.signal,
    );
  } finally {
    if (installed.replica === null || options.foreground) {
      // Whoever interrupts has ended every other request.
      const unhurried = { fetch: context.fetch, signal: new AbortController().signal };
      const path = apiPath`/teams/${team.id}/join-tokens/${joinToken.id}`;
      await createApi(unhurried, server, apiToken).delete(path);
    }
  }
  return installed;
}

/** Root, a sudo that asks for nothing, or one that asks at the terminal. */
async function rootShell(terminal: boolean): Promise<NonNullable<RootShell>> {
  const shell = await findRootShell();
  if (shell !== null) return shell;
  if (terminal) return ['sudo', 'sh'];
  throw usageError(
    'This needs root: the agent manages IPsec tunnels, network addresses and a service.',
    'Run it as root, or at a terminal, where sudo can ask for your password.',
  );
}
