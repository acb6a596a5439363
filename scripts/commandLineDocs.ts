import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Argument, Command, Option } from 'commander';
import { format, resolveConfig } from 'prettier';
import { pathOf, readExamples } from '../cli/leaf.ts';
import { createProgram } from '../cli/program.ts';
import { systemContext } from '../cli/systemContext.ts';

/** Where the reference is kept; `node scripts/commandLineDocs.ts` writes it. */
export const commandLinePage = fileURLToPath(new URL('../docs/command-line.md', import.meta.url));

const introduction = `# The command line

\`culvert\` does from a terminal and from a pipeline what the dashboard does in a browser. This page is made from its own help
(\`node scripts/commandLineDocs.ts\`), and a test runs every example on it.

## Install

From your server, which also hands out Node where the machine has none from 22.12 on:

\`\`\`sh
curl -fsSL https://culvert.example.com/cli/install.sh | sh
\`\`\`

It goes to \`/usr/local/bin\` where that can be written, else to \`~/.local/bin\`; \`| sh -s -- --bin DIR --lib DIR\` says other folders,
\`--uninstall\` removes it. Run it again to upgrade. Beside a checkout, \`node cli/main.ts\` is the same program.

## Sign in

\`\`\`sh
culvert login --server https://culvert.example.com
\`\`\`

shows a code and a page; allow it there, in a browser that is signed in. What comes back is an API token for one team, kept in
\`$XDG_CONFIG_HOME/culvert/config.json\` (mode 0600), listed on your account page under the machine's name, and good for 90 days. It goes to
the server that gave it and to no other. In scripts, set \`CULVERT_SERVER\` and \`CULVERT_TOKEN\` instead.

## What all commands have in common

Results go to stdout, everything else to stderr. \`--json\` prints what the API answers, and errors as an object on stderr. Progress turns
only on a terminal; \`NO_COLOR\` turns colours off. Ctrl-C lets a command end in order, a second one doesn't wait.

| Option | Variable | |
|---|---|---|
| \`--server <url>\` | \`CULVERT_SERVER\` | The server; left out, that of the last sign-in. |
| \`--team <team>\` | \`CULVERT_TEAM\` | Name or id of the team; left out, that of the last sign-in. |
| \`--workspace <workspace>\` | \`CULVERT_WORKSPACE\` | Name or id, where a workspace is meant. |
| \`--json\` | | Print JSON. |
| | \`CULVERT_TOKEN\` | An API token, or a pipeline's; comes before a sign-in. |
| | \`VPN_CONFIG\` | The VPN of a preview. |

| It ends with | |
|---|---|
| 0 | All is well. |
| 1 | It failed; the message says why. |
| 2 | The command line is wrong. |
| 3 | What is named isn't there, or isn't yours. |
| 4 | Sign in. |
| 5 | You may not do that. |
| 6 | It took too long. |
| 7 | A tunnel isn't up, or nothing answers behind it; the diagnosis says why. |
| 130 | You interrupted it. |

\`culvert run\` ends as its program does.

Completion: \`culvert completion bash >> ~/.bashrc\`, and so for zsh and fish; it knows the names of your VPNs, workspaces and ports.
`;

const context = systemContext(new AbortController().signal);

const common = new Set(['--server', '--team', '--json', '--help']);

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

function optionRow(option: Option): string {
  const { flags, description, envVar, argChoices, defaultValue, defaultValueDescription } = option;
  const notes = [
    ...(argChoices ? [`one of ${argChoices.join(', ')}`] : []),
    ...(typeof defaultValue === 'string' || defaultValueDescription !== undefined
      ? [`default: ${defaultValueDescription ?? String(defaultValue)}`]
      : []),
    ...(envVar === undefined || envVar === 'CULVERT_WORKSPACE' ? [] : [`variable: ${envVar}`]),
  ];
  const text = [description, ...notes].join('; ');
  return `| \`${cell(flags)}\` | ${cell(text.charAt(0).toUpperCase() + text.slice(1))}. |`;
}

function argumentRow(argument: Argument): string {
  const { argChoices, description } = argument;
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  const text = [description, ...(argChoices ? [`one of ${argChoices.join(', ')}`] : [])].join('; ');
  return `| \`<${cell(name)}>\` | ${cell(text.charAt(0).toUpperCase() + text.slice(1))}. |`;
}

function leafText(command: Command): string {
  const rows = [
    ...command.registeredArguments.map(argumentRow),
    ...command
      .createHelp()
      .visibleOptions(command)
      .filter(({ long }) => !common.has(long ?? ''))
      .map(optionRow),
  ];
  const table = rows.length === 0 ? [] : [['| | |', '|---|---|', ...rows].join('\n')];
  const examples = readExamples(command).map(({ line, does }) => `# ${does}\n${line}`);
  return [
    `### ${pathOf(command)}`,
    command.description(),
    ...table,
    `\`\`\`sh\n${examples.join('\n\n')}\n\`\`\``,
  ].join('\n\n');
}

/** Groups as sections; commands without a group in one of their own, before them. */
function sections(program: Command): string[] {
  const shown = program.createHelp().visibleCommands(program);
  const alone = shown.filter(({ commands }) => commands.length === 0);
  const groups = shown.filter(({ commands }) => commands.length > 0);
  return [
    ['## Commands without a group', ...alone.map(leafText)].join('\n\n'),
    ...groups.map((group) =>
      [`## ${group.summary()}`, ...group.createHelp().visibleCommands(group).map(leafText)].join('\n\n'),
    ),
  ];
}

/** docs/command-line.md, from the program’s own help. */
export async function commandLineReference(): Promise<string> {
  const text = [introduction.trimEnd(), ...sections(createProgram(context))].join('\n\n');
  return await format(text, { ...(await resolveConfig(commandLinePage)), filepath: commandLinePage });
}

if (import.meta.main) await writeFile(commandLinePage, await commandLineReference());
