import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where `ip netns` has them, by name. */
const NAMESPACES = '/run/netns';

export type LabProcess = { pid: number; startTime: string };

export type Outcome = { code: number; stdout: string; stderr: string };

/** Runs a program to its end; never rejects, a program that can't be started has code 127. */
export function run(command: readonly [string, ...string[]], timeoutMs = 20_000): Promise<Outcome> {
  const [file, ...args] = command;
  return new Promise((resolve) => {
    execFile(file, args, { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}

/** Runs a program that has to succeed; throws with what it wrote to stderr. */
export async function must(...command: readonly [string, ...string[]]): Promise<string> {
  const { code, stdout, stderr } = await run(command);
  if (code !== 0) throw new Error(`${command.join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** A network namespace of the lab, with everything that runs in it. */
export class Namespace {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  async create(): Promise<void> {
    await must('ip', 'netns', 'add', this.name);
    await this.must('ip', 'link', 'set', 'lo', 'up');
  }

  exec(command: readonly string[], timeoutMs?: number): Promise<Outcome> {
    return run(['ip', 'netns', 'exec', this.name, ...command], timeoutMs);
  }

  must(...command: readonly string[]): Promise<string> {
    return must('ip', 'netns', 'exec', this.name, ...command);
  }

  /** The child's pid is the program's own: `ip netns exec` replaces itself. */
  spawn(command: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.name, ...command], options);
  }

  /**
   * Processes that run in it, the one that started first at the front, each with the time it started (clock ticks since boot):
   * together they name one process. Empty for a namespace that is gone.
   */
  async processes(): Promise<LabProcess[]> {
    const own = namespaceOf(join(NAMESPACES, this.name));
    if (own === null) return [];
    const entries = await readdir('/proc');
    return entries
      .filter((name) => /^\d+$/.test(name) && namespaceOf(`/proc/${name}/ns/net`) === own)
      .flatMap((name) => {
        const startTime = startTimeOf(Number(name));
        return startTime === null ? [] : [{ pid: Number(name), startTime }];
      })
      .toSorted((a, b) => Number(a.startTime) - Number(b.startTime));
  }

  /**
   * Ends everything in it and deletes it. What runs in a namespace of the lab belongs to the lab. Another process may be doing
   * the same.
   */
  async destroy(): Promise<void> {
    await until(async () => {
      const running = await this.processes();
      for (const { pid, startTime } of running) signal(pid, startTime, 'SIGKILL');
      return running.length === 0;
    }, 20_000);
    await run(['ip', 'netns', 'delete', this.name]);
  }
}

/** Names of all there are, whoever made them. */
export function namespaceNames(): string[] {
  try {
    return readdirSync(NAMESPACES);
  } catch {
    // Nobody has made one since this machine started.
    return [];
  }
}

/** Tells one namespace from all others; null when there is nothing at `path`, or it isn't one yet. */
function namespaceOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path);
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}

/** When a process started, in clock ticks since boot; null when there is no such process. */
export function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Signals a process unless its pid belongs to another one by now. */
export function signal(pid: number, startTime: string, name: NodeJS.Signals): void {
  if (startTimeOf(pid) !== startTime) return;
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the two lines.
  }
}

/** Waits until `condition` holds, looking every 20 ms. Throws after `timeoutMs`. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
