import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What tells one run of this replica from the next: the kernel's boot (a machine that restarted) and the start of process 1
 * (a container that did). Hashed, because neither is the server's business.
 *
 * @param given counts instead, where the platform knows better, such as a pod's uid
 */
export function readBoot(
  given: string | null = null,
  read: Read = (path) => readFileSync(path, 'utf8'),
): string {
  const parts = given === null ? [kernelBoot, firstProcess].map((part) => readPart(part, read)) : [given];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function readPart(part: (read: Read) => string, read: Read): string {
  try {
    return part(read);
  } catch {
    // Hidden from this agent: then it has always been.
    return '';
  }
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
