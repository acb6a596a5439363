import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { until } from '../../e2e/lab/namespaces.ts';

/** A daemon beside the server, of this run alone. */
export type Child = { pid: number; stop: () => Promise<void> };

/** Starts a program on the server’s side; resolves once it takes connections on this port. */
export async function startChild(
  command: readonly [string, ...string[]],
  listens: { address: string; port: number },
): Promise<Child> {
  const [file, ...args] = command;
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  await untilListening(listens.address, listens.port, () => {
    if (hasEnded(child)) throw new Error(`${file} ended: ${said}`);
  });
  return {
    pid: child.pid ?? 0,
    async stop() {
      if (hasEnded(child)) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Waits until a port takes connections, and looks each time whether that can still be. */
export async function untilListening(
  address: string,
  port: number,
  look: () => void = () => undefined,
): Promise<void> {
  await until(() => {
    look();
    return new Promise<boolean>((resolve) => {
      const socket = connect(port, address);
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }, 10_000);
}

/** A process and all that it has started. */
export function familyOf(pid: number): number[] {
  let children = '';
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  } catch {
    return [];
  }
  return [pid, ...children.split(' ').filter(Boolean).map(Number).flatMap(familyOf)];
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
