import { execFile } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export type Outcome = { code: number; stdout: string; stderr: string };

/** A folder that stands for a machine: what is on its PATH, where things get installed, as root as far as `id` says. */
export type Machine = {
  prefix: string;
  state: string;
  at(name: string): string;
  /** Puts a command on the PATH. */
  addCommand(name: string, script: string): Promise<void>;
  removeCommand(name: string): Promise<void>;
  /** Runs a shell script with arguments, prefix and state being this machine's; `folder`: where. */
  run(script: string, args?: string[], env?: Record<string, string>, folder?: string): Promise<Outcome>;
  /** The same with these arguments alone. */
  runPlain(script: string, args?: string[], env?: Record<string, string>, folder?: string): Promise<Outcome>;
  remove(): Promise<void>;
};

const commands = `sh uname curl wget sha256sum openssl cut sed mkdir chmod mv rm rmdir cat
  readlink head tr sleep setsid grep dirname mktemp wc`.split(/\s+/);

/** Has everything the install scripts use, but no Node and no strongSwan package manager. */
export async function createMachine(): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), 'machine-'));
  const at = (name: string): string => join(root, name);
  await mkdir(at('bin'));
  for (const command of commands) {
    const path = await findCommand(command);
    if (path) await symlink(path, at(`bin/${command}`));
  }
  const addCommand = async (name: string, script: string): Promise<void> => {
    // What stands there is a link to the real command: writing through it would change this very machine.
    await rm(at(`bin/${name}`), { force: true });
    await writeFile(at(`bin/${name}`), `#!/bin/sh\n${script}\n`, { flag: 'wx' });
    await chmod(at(`bin/${name}`), 0o755);
  };
  await addCommand('id', 'echo 0');
  const runPlain: Machine['runPlain'] = async (script, args = [], env = {}, folder = process.cwd()) => {
    const path = at('install.sh');
    await writeFile(path, script);
    const options = { cwd: folder, env: { PATH: at('bin'), ...env }, timeout: 60_000 };
    return new Promise((resolve) => {
      execFile(at('bin/sh'), [path, ...args], options, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr });
      });
    });
  };
  const [prefix, state] = [at('lib/culvert-agent'), at('state/culvert-agent')];
  return {
    prefix,
    state,
    at,
    addCommand,
    removeCommand: (name) => rm(at(`bin/${name}`)),
    run: (script, args = [], env, folder) =>
      runPlain(script, ['--no-systemd', '--prefix', prefix, '--state', state, ...args], env, folder),
    runPlain,
    remove: async () => {
      const pid = Number((await readFile(join(state, 'agent.pid'), 'utf8').catch(() => '')).split(' ')[0]);
      if (pid > 0) process.kill(pid, 'SIGKILL');
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function findCommand(name: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return null;
}
