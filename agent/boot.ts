import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What tells one run of this replica from the next: the kernel's boot (a machine that restarted) and the start of process 1
 * (a container that did). Hashed, because neither is the server's business.
 */
export function readBoot(read: (path: string) => string = (path) => readFileSync(path, 'utf8')): string {
  const parts = [kernelBoot, firstProcess].map((part) => {
    try {
      return part(read);
    } catch {
      // Hidden from this agent: then it has always been.
      return '';
    }
  });
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

type Read = (path: string) => string;

const kernelBoot = (read: Read): string => read('/proc/sys/kernel/random/boot_id').trim();

/** The 22nd field of its stat, in clock ticks; the second is a name in parentheses that may hold anything (proc(5)). */
const firstProcess = (read: Read): string => {
  const stat = read('/proc/1/stat');
  return (
    stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19) ?? ''
  );
};
