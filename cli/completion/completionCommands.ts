import { Argument, type Command } from 'commander';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import type { Shell } from './scripts.ts';

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];
const shellArgument = () => new Argument('<shell>', 'the shell').choices([...shells]);

/** `program`: what is completed, with all commands that it has by then. */
export function addCompletionCommands(program: Command, context: Context): void {
  leaf(program, 'completion', {
    summary: 'Print what makes a shell complete culvert’s commands and names',
    more: 'Names of VPNs, workspaces, ports and teams are asked of the server while you type.',
    examples: [
      { line: 'culvert completion bash >> ~/.bashrc', does: 'For bash, from the next shell on' },
      { line: 'culvert completion zsh >> ~/.zshrc', does: 'For zsh, below its compinit' },
      { line: 'culvert completion fish > ~/.config/fish/completions/culvert.fish', does: 'For fish' },
    ],
  })
    .addArgument(shellArgument())
    .action(
      action(context, async ({ out }, shell: Shell) => {
        const { completionScripts } = await import('./scripts.ts');
        const script = completionScripts[shell];
        out.result({ shell, script }, () => script.trimEnd());
      }),
    );

  // Asked by those scripts. bash gives the line up to the cursor, the others its words.
  program
    .command('complete', { hidden: true })
    .addArgument(shellArgument())
    .argument('[words...]')
    .action(
      action(context, async (_invocation, shell: Shell, words: string[]) => {
        const { answerShell } = await import('./answerShell.ts');
        const answer = await answerShell(program, context, shell, words);
        if (answer.length > 0) context.stdout.write(`${answer.join('\n')}\n`);
      }),
    );
}
