import { randomBytes } from 'node:crypto';
import { Option, type Command } from 'commander';
import { checkPreSharedKey, generatePreSharedKey } from '../../contract/preSharedKey.ts';
import { CliError, usageError } from '../cliError.ts';
import type { Context } from '../context.ts';
import type { Output } from '../output.ts';

/** `pskFile`: `-` is stdin. There is no option that takes the key itself: arguments can be read by everybody on the machine. */
export type KeyOptions = { pskFile?: string; generatePsk?: boolean };

export const keyOptions = (command: Command): Command =>
  command
    .option('--psk-file <file>', 'read the pre-shared key from a file; - is stdin')
    .addOption(new Option('--generate-psk', 'make a new pre-shared key and print it').conflicts('pskFile'));

export type ChosenKey = { key: string; generated: boolean };

/**
 * The key that the options name, without the line break that files end with; null where they name none. What often goes wrong
 * with keys is said.
 */
export async function keyOfOptions(
  context: Context,
  out: Output,
  { pskFile, generatePsk }: KeyOptions,
): Promise<ChosenKey | null> {
  if (generatePsk) return { key: generatePreSharedKey(randomBytes), generated: true };
  if (pskFile === undefined) return null;
  const text = pskFile === '-' ? await context.stdin.read() : await readKeyFile(context, pskFile);
  return { key: checked(text.replace(/\r?\n$/, ''), out), generated: false };
}

/** The same; where the options name none, a person is asked, and what they type isn’t shown. */
export async function chosenKey(context: Context, out: Output, options: KeyOptions): Promise<ChosenKey> {
  const named = await keyOfOptions(context, out, options);
  if (named) return named;
  if (!context.stdin.isTTY) {
    throw usageError(
      'A VPN needs a pre-shared key.',
      'Use --psk-file FILE, --psk-file - for stdin, or --generate-psk.',
    );
  }
  return { key: checked(await context.stdin.ask('Pre-shared key: ', true), out), generated: false };
}

/** The second line of an answer that has made a key: nobody can read it again. */
export const keyLine = (key: ChosenKey | null): string =>
  key?.generated ? `\nPre-shared key, shown only this once: ${key.key}` : '';

const readKeyFile = (context: Context, path: string): Promise<string> =>
  context.readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`The pre-shared key can’t be read: ${error.message}.`);
  });

function checked(text: string, out: Output): string {
  const result = checkPreSharedKey(text);
  if (!result.ok) throw new CliError(result.refusal.message, { code: result.refusal.code });
  for (const { message } of result.warnings) out.say(message);
  return text;
}
