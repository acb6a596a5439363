import { existsSync, readFileSync } from 'node:fs';
import { createApi } from '../api.ts';
import { CliError, usageError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Invocation } from '../invocation.ts';
import { jobMark, ownerOf, writeMark } from './jobMark.ts';
import { findRootShell, runScript, type RootShell } from './rootShell.ts';

/** An agent of its own: what an agent of this machine, as whose replica it stays, has written is left alone. */
const prefix = '/usr/local/lib/culvert-preview';
const places = ['--prefix', prefix, '--state', '/var/lib/culvert-preview'];
/** Which job the agent is of. */
const markFile = `${prefix}/job`;
const otherAgents = ['/var/lib/culvert-agent/agent.pid', '/etc/systemd/system/culvert-agent.service'];

/**
 * Finds out whether this machine can become a replica, before anything is made.
 *
 * @throws CliError (usage) with what is missing
 */
export async function requireJoinable(): Promise<NonNullable<RootShell>> {
  if (process.platform !== 'linux') throw usageError(`--join works on Linux; this is ${process.platform}.`);
  if (otherAgents.some((path) => existsSync(path))) {
    throw usageError(
      'This machine is a replica of another workspace already: Culvert’s agent is installed here.',
      'Run the job on another runner, or leave out --join and have the preview join where it is deployed.',
    );
  }
  if (ownerOf(readMark()) === 'another') {
    throw usageError(
      'Another job is at work on this machine, and the machine is a replica of its preview. A machine is in one preview at a time.',
      'Let the runner take one job at a time, run this one on another, or leave out --join.',
    );
  }
  const shell = await findRootShell();
  if (shell !== null) return shell;
  throw usageError(
    '--join makes this machine hold a tunnel, which needs root, or sudo without a password.',
    'Run the job as root, or leave out --join and have the preview join where it is deployed.',
  );
}

/** How the agent is started again after a reboot, which is no concern of a job’s. */
const ofReboots = /^(?:There is no systemd here| {2}setsid )/;
const connected = /^Connected to \S+ as replica (.+) of workspace .+\.$/;

/**
 * Makes this machine a replica: installs the agent, and strongSwan where it is missing, and starts it in the background.
 *
 * @returns the replica’s name
 */
export async function joinHere(
  invocation: Invocation,
  shell: NonNullable<RootShell>,
  { server, joinToken }: { server: string; joinToken: string },
): Promise<string> {
  if (!/^culv_join_[\w-]+$/.test(joinToken)) throw new CliError(`${server} gave no join token.`);
  const installer = await installerOf(invocation, server);
  const mark = jobMark();
  // First, so that no other job takes what is being installed for something left over.
  const marking =
    mark === null ? '' : `(umask 022; mkdir -p '${prefix}'; echo '${writeMark(mark)}' >'${markFile}')\n`;
  let replica: string | undefined;
  let last = '';
  const code = await runScript(
    shell,
    // A variable of the script alone: arguments and the environment of what it starts can be read beside it.
    `${marking}CULVERT_JOIN_TOKEN='${joinToken}'\n${installer}`,
    [...places, '--with-strongswan', '--no-systemd'],
    (line) => {
      if (!ofReboots.test(line)) invocation.out.say(`| ${line}`);
      replica ??= connected.exec(line)?.[1];
      last = line;
    },
    invocation.context.signal,
  );
  invocation.context.signal.throwIfAborted();
  if (code === 0 && replica !== undefined) return replica;
  throw new CliError(
    `This machine did not become a replica: ${last.replace(/^culvert: /, '') || 'the installer ended'}`,
    { exit: exitCodes.tunnelFailed, code: 'join_failed' },
  );
}

const readMark = (): string | null => {
  try {
    return readFileSync(markFile, 'utf8');
  } catch {
    return null;
  }
};

/**
 * Ends this machine’s part in a preview: its tunnels, its agent and what that has written. Another job’s that is still at work is
 * left alone.
 *
 * @returns whether it had one
 */
export async function leaveHere(invocation: Invocation, server: string): Promise<boolean> {
  if (!existsSync(prefix) || ownerOf(readMark()) === 'another') return false;
  const shell = await findRootShell();
  if (shell === null) throw usageError('To leave a preview needs root, as joining it did.');
  let last = '';
  const installer = await installerOf(invocation, server);
  const script = `rm -f '${markFile}'\n${installer}`;
  const code = await runScript(shell, script, [...places, '--uninstall'], (line) => {
    last = line;
  });
  if (code !== 0)
    throw new CliError(`This machine did not leave its preview: ${last.replace(/^culvert: /, '')}`);
  return true;
}

/** Nobody has to be signed in for it. */
const installerOf = ({ context }: Invocation, server: string): Promise<string> =>
  createApi(context, server, null, '').text('/agent/install.sh');
