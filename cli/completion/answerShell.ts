import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { bashReplies } from './bashReplies.ts';
import { findCandidates } from './candidates.ts';
import { createLiveNames } from './liveNames.ts';
import type { Shell } from './scripts.ts';
import { shellWords } from './shellWords.ts';

/** The lines that a shell’s script gets. bash shows no descriptions. */
export async function answerShell(
  program: Command,
  context: Context,
  shell: Shell,
  given: readonly string[],
): Promise<string[]> {
  const live = createLiveNames(context);
  if (shell === 'bash') {
    const line = shellWords(given[0] ?? '');
    const candidates = await findCandidates(program, line.words.slice(1), live);
    return candidates === 'files' ? [':files'] : bashReplies(candidates, line);
  }
  const candidates = await findCandidates(program, given.length === 0 ? [''] : given, live);
  if (candidates === 'files') return [':files'];
  return candidates.map(({ value, description }) => `${value}\t${description.replace(/\s+/g, ' ')}`);
}
