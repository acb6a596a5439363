import { readFile } from 'node:fs/promises';

/** VmRSS of a process, in MB of 1,000,000 bytes. */
export async function residentMb(pid: number): Promise<number> {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1024) / 1_000_000;
}
