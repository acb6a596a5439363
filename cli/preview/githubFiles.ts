import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Context } from '../context.ts';

/** What a step of GitHub’s hands to later ones; null values are left out. */
export type Outputs = Readonly<Record<string, string | null>>;

type GitHubContext = Pick<Context, 'env' | 'stderr'>;

/**
 * Sets the step’s outputs. Elsewhere it does nothing.
 *
 * @param secrets texts among them that no log may show from now on
 */
export async function setOutputs(
  { env, stderr }: GitHubContext,
  outputs: Outputs,
  secrets: readonly string[] = [],
): Promise<void> {
  const path = env['GITHUB_OUTPUT'];
  if (env['GITHUB_ACTIONS'] !== 'true' || !path) return;
  // An order to the runner, which takes it out of the log.
  for (const secret of secrets) stderr.write(`::add-mask::${secret}\n`);
  const lines = Object.entries(outputs).flatMap(([name, value]) => {
    if (value === null) return [];
    // A value can’t end its own and begin another, whatever it holds.
    const end = randomUUID();
    return [`${name}<<${end}`, value, end];
  });
  await appendFile(path, lines.map((line) => `${line}\n`).join(''));
}

/** Adds lines to what the page of the run shows. Elsewhere it does nothing. */
export async function addSummary({ env }: GitHubContext, lines: readonly string[]): Promise<void> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (env['GITHUB_ACTIONS'] !== 'true' || !path) return;
  await appendFile(path, `${lines.join('\n')}\n\n`);
}

/** Text as text in Markdown and HTML. */
export const markdownText = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`);
