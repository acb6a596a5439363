import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { usageError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { durationSeconds } from '../duration.ts';
import { action, type Invocation } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { bringUp, type BroughtUp } from './bringUp.ts';
import { connectPreviews, type PreviewConnection } from './connectPreviews.ts';
import { addSummary, markdownText, setOutputs } from './githubFiles.ts';
import {
  flagOf,
  orNone,
  subjectOptions,
  timeoutOf,
  waitOptions,
  type SubjectOptions,
  type WaitOptions,
} from './previewOptions.ts';
import { previewText, tunnelLines, workspaceUrl } from './previewText.ts';
import { subjectOf } from './subject.ts';

type UpOptions = SubjectOptions &
  WaitOptions & { vpn?: string; join?: boolean; wait: boolean; ttl?: number; joinCommand?: string };

export function addPreviewUp(preview: Command, context: Context): void {
  const up = leaf(preview, 'up', {
    summary: 'Make the preview of a change, or find it, and connect it to a VPN',
    more:
      'In a pipeline of GitHub, GitLab or Bitbucket the job proves with its identity token who it is, where an admin of the team trusts its ' +
      'repository. CULVERT_TOKEN is for everywhere else. With --join (or CULVERT_JOIN=true) this machine becomes a replica of the preview, and so ' +
      'reaches the private network; without, the preview is deployed somewhere else, and joins from there by the join command.\n\n' +
      'It ends when the tunnels are up and what --check names has answered; with 7 and the diagnosis when a tunnel fails, with 6 when ' +
      'time is up. A preview without a replica is only made: deploy it, then culvert preview wait. Repeating it is harmless.',
    examples: [
      {
        line: 'culvert preview up --vpn "Company data center" --change main --repository octo/app',
        does: 'The preview of a branch',
      },
      {
        line: 'culvert preview up --vpn "Company data center" --change main --repository octo/app --ttl 12h --no-wait',
        does: 'One that goes after half a day, without waiting for tunnels',
      },
    ],
  })
    .addOption(new Option('--vpn <name>', 'name or id of the VPN').env('VPN_CONFIG'))
    .option('--join', 'make this machine a replica of the preview');
  waitOptions(subjectOptions(up))
    .option('--no-wait', 'don’t wait for the tunnels')
    .addOption(
      new Option(
        '--ttl <duration>',
        'how long it stays when nothing comes any more, 10m to 30d (default: 3d)',
      )
        .env('CULVERT_TTL')
        .argParser(orNone(durationSeconds)),
    )
    .option('--join-command <file>', 'write the command by which a machine joins to this file, - for stdout')
    .action(action(context, runUp));
}

async function runUp(invocation: Invocation, options: UpOptions): Promise<void> {
  const { context, out } = invocation;
  if (!options.vpn?.trim()) throw usageError('Say which VPN: --vpn, or VPN_CONFIG.');
  const join = options.join ?? flagOf('CULVERT_JOIN', context.env['CULVERT_JOIN']) ?? false;
  const timeout = await timeoutOf(context, options);
  const connection = await connectPreviews(invocation);
  const up = await bringUp(invocation, connection, subjectOf(connection, options), {
    vpn: options.vpn.trim(),
    ttl: options.ttl || null,
    join,
    wait: options.wait && (flagOf('CULVERT_WAIT', context.env['CULVERT_WAIT']) ?? true),
    check: options.check || null,
    timeout,
  });
  await handOver(invocation, connection, up, join ? null : (options.joinCommand ?? null), join);
  const { preview, waited, answer } = up;
  // What the API answered holds the join token, which a log must not.
  out.result({ preview, created: answer.created, run: answer.run, waited }, () =>
    [
      previewText(preview),
      ...tunnelLines(preview),
      ...(waited ? [] : [nextStep(context, options, join)]),
    ].join('\n'),
  );
}

function nextStep({ env }: Context, { joinCommand }: UpOptions, join: boolean): string {
  if (join) return 'Not waited for its tunnels: culvert preview wait';
  if (env['GITHUB_ACTIONS'] === 'true')
    return 'Deploy it with the output join-command, then: culvert preview wait';
  const how = joinCommand === undefined ? 'the command that --join-command - prints' : 'the join command';
  return `Deploy it with ${how}, then: culvert preview wait`;
}

/** Says on GitHub what later steps need, and writes the join command where it is to go. */
async function handOver(
  { context }: Invocation,
  { server, team }: PreviewConnection,
  { answer, preview }: BroughtUp,
  file: string | null,
  joined: boolean,
): Promise<void> {
  const { joinCommand, joinToken, created } = answer;
  if (file === '-') context.stdout.write(`${joinCommand}\n`);
  else if (file !== null) await writeFile(file, `${joinCommand}\n`, { mode: 0o600 });
  const url = workspaceUrl(server, team, preview);
  const outputs = {
    preview: preview.id,
    workspace: preview.workspace?.name ?? null,
    url,
    created: String(created),
    'join-command': joined ? null : joinCommand,
  };
  await setOutputs(context, outputs, joined ? [] : [joinToken]);
  const name = markdownText(preview.workspace?.name ?? preview.change);
  await addSummary(context, [
    '### Culvert preview',
    '',
    `${url === null ? name : `[${name}](${url})`} is connected to ${markdownText(preview.vpn?.name ?? 'no VPN')}.`,
    ...preview.tunnels.map(
      ({ replica, state, virtualIp }) =>
        `- ${markdownText(replica.name)}: ${state}${virtualIp === null ? '' : `, ${markdownText(virtualIp)}`}`,
    ),
  ]);
}
