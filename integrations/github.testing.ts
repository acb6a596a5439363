import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Action = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.array(
      z.object({ shell: z.literal('bash'), env: z.record(z.string(), z.string()), run: z.string() }),
    ),
  }),
});

/** The action as GitHub’s runner reads it. */
export function readAction() {
  const text = readFileSync(new URL('github/action.yml', import.meta.url), 'utf8');
  const { inputs, outputs, runs } = Action.parse(parse(text));
  return { inputs, outputs, steps: runs.steps };
}

/**
 * The environment of a step of the action, with the few expressions evaluated that it has.
 *
 * @param event what `github.event_name` and `github.event.action` are
 */
export function environmentOf(
  step: { env: Record<string, string> },
  given: Readonly<Record<string, string>>,
  event: { name: string; action: string | null },
): Record<string, string> {
  const { inputs } = readAction();
  const valueOf = (name: string) => given[name] ?? inputs[name]?.default ?? '';
  // Each event about a pull request has it with it.
  const isClosed = event.name.startsWith('pull_request') && event.action === 'closed';
  return Object.fromEntries(
    Object.entries(step.env).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1];
      if (input !== undefined) return [name, valueOf(input)];
      if (expression !== COMMAND) throw new Error(`No meaning is known of ${expression}.`);
      return [name, valueOf('command') || (isClosed ? 'down' : 'up')];
    }),
  );
}

const COMMAND =
  "${{ inputs.command || (github.event.pull_request && github.event.action == 'closed' && 'down' || 'up') }}";
