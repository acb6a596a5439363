import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseCheckTarget, type CheckTarget } from './checkTarget.ts';
import { usageError } from '../cliError.ts';
import { durationSeconds } from '../duration.ts';
import { findPipeline, type PipelineContext } from './pipeline.ts';

/** `preview`: its id. */
export type ExistingOptions = SubjectOptions & { preview?: string };
export type SubjectOptions = { change?: string; repository?: string };
/** `timeout`: seconds. A variable that is there and empty, as pipelines often have them, comes as an empty text. */
export type WaitOptions = { timeout?: number; check?: CheckTarget };

/** What the preview is of. */
export const subjectOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--change <name>',
        'what the preview is of; in a pipeline its pull request, else its branch',
      ).env('CULVERT_CHANGE'),
    )
    .option('--repository <name>', 'its repository, where no pipeline says it');

/** Which of those that are there. */
export const existingOptions = (command: Command): Command =>
  subjectOptions(command).option('--preview <id>', 'its id instead, where several are of the same');

/** How long to wait, and for what besides tunnels. */
export const waitOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--timeout <duration>', 'how long to wait (default: 10m; in a pipeline at most 55m)')
        .env('CULVERT_TIMEOUT')
        .argParser(orNone(durationSeconds)),
    )
    .addOption(
      new Option('--check <address>', 'has to answer through the tunnel: 10.250.0.5, or 10.250.0.5:5432')
        .env('CULVERT_CHECK')
        .argParser(orNone(parseCheckTarget)),
    );

/** Seconds. */
const usualTimeout = 600;
/** Seconds. A pipeline’s token is good for an hour, and what is said at the end needs it, too. */
const longestInPipeline = 55 * 60;

/**
 * How long to wait, in seconds.
 *
 * @throws CliError (usage) where the token of this pipeline would end before
 */
export async function timeoutOf(context: PipelineContext, { timeout }: WaitOptions): Promise<number> {
  const seconds = timeout || usualTimeout;
  if (seconds > longestInPipeline && (await asPipeline(context))) {
    throw usageError(
      'In a pipeline --timeout (CULVERT_TIMEOUT) is at most 55m: what the job signs in with is good for an hour.',
    );
  }
  return seconds;
}

async function asPipeline(context: PipelineContext): Promise<boolean> {
  const token = context.env['CULVERT_TOKEN']?.trim();
  return token ? token.startsWith('culv_pipeline_') : (await findPipeline(context)) !== null;
}

/** Lets an empty variable pass, which means nothing. */
export const orNone =
  <Value>(parse: (text: string) => Value) =>
  (text: string): Value | undefined =>
    text.trim() === '' ? undefined : parse(text);

/** What a variable says that stands in for a flag: true, false, or nothing. */
export function flagOf(name: string, text: string | undefined): boolean | undefined {
  switch (text?.trim().toLowerCase()) {
    case undefined:
    case '':
      return undefined;
    case 'true':
    case 'yes':
    case '1':
      return true;
    case 'false':
    case 'no':
    case '0':
      return false;
    default:
      throw new InvalidArgumentError(`${name} is true or false.`);
  }
}
