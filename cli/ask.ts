import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { usageError } from './cliError.ts';

/**
 * Asks at the terminal, on stderr. What is typed is not shown where it is `hidden`.
 *
 * @throws CliError (usage) where stdin is no terminal
 */
export async function ask(question: string, hidden: boolean, signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY) throw usageError(`There is no terminal to answer “${question.trim()}” at.`);
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? nowhere : process.stderr,
    terminal: true,
  });
  // In raw mode Ctrl-C arrives as a key.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await lines.question('', { signal });
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
