import { spawn } from 'node:child_process';
import { once } from 'node:events';

const program = new URL('main.ts', import.meta.url).pathname;

/**
 * Measures forwarded ports, and prints the figures, in a process whose network is its own: a server that listens on all its
 * addresses is reached from nowhere else, and the machine’s network stays as it is. Resolves with its exit code.
 */
export async function runPorts(): Promise<number> {
  const child = spawn('unshare', ['--net', process.execPath, program], {
    stdio: 'inherit',
    env: { ...process.env, CULVERT_HOST: '0.0.0.0' },
  });
  const stop = () => void child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const [code]: (number | null)[] = await once(child, 'exit');
  process.off('SIGINT', stop).off('SIGTERM', stop);
  return code ?? 1;
}
