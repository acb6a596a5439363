import { readFileSync } from 'node:fs';

/** A single argument or variable, with the zero at its end: MAX_ARG_STRLEN of Linux. */
const ONE_MAX = 128 * 1024;
const LEAST = 128 * 1024;
const MOST = 6 * 1024 * 1024;

/**
 * What of arguments and variables Linux refuses to start a program with, in a sentence; null: nothing. execve(2), “Limits on size
 * of arguments and environment”: together a quarter of the stack's limit, but 6 MB at most, and 128 KB for each.
 */
export function tooLarge(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  limit = argumentsLimit(),
): string | null {
  const texts = [...argv, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const sizes = texts.map((text) => Buffer.byteLength(text) + 1);
  if (sizes.some((size) => size > ONE_MAX)) return 'An argument, or a variable, is longer than 128 KB.';
  // Each is also pointed to.
  const total = sizes.reduce((sum, size) => sum + size + 8, 0);
  if (total <= limit) return null;
  return `Arguments and environment are ${Math.ceil(total / 1024)} KB together; a program takes ${Math.floor(limit / 1024)} KB here.`;
}

/** Bytes, from the soft limit of this process's stack. */
function argumentsLimit(): number {
  const line = /^Max stack size +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  const stack = line === undefined || line === 'unlimited' ? Number.POSITIVE_INFINITY : Number(line);
  // A page is left for the program's name and what the kernel adds.
  return Math.min(MOST, Math.max(LEAST, stack / 4)) - 4096;
}
