import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseCheckTarget, type CheckTarget } from './checkTarget.ts';
import { durationSeconds } from '../duration.ts';

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

/** How long to wait, and for what besides tunnels. */
export const waitOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--timeout <duration>', 'how long to wait (default: 10m)')
        .env('CULVERT_TIMEOUT')
        .argParser(orNone(durationSeconds)),
    )
    .addOption(
      new Option('--check <address>', 'has to answer through the tunnel: 10.250.0.5, or 10.250.0.5:5432')
        .env('CULVERT_CHECK')
        .argParser(orNone(parseCheckTarget)),
    );

/** Seconds. */
export const usualTimeout = 600;

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
