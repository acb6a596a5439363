import { backUp } from './node/backup.ts';
import { createLog } from './node/log.ts';
import { readSettings, settingsHelp, SettingsError } from './node/settings.ts';
import { startServer } from './node/startServer.ts';

export { startServer, type RunningServer } from './node/startServer.ts';

const usage = `Usage:
  node server/main.ts [flags]                 runs the server
  node server/main.ts backup <file> [flags]   writes a copy of the database to <file>

Settings, from the environment or the flag:
${settingsHelp()}
`;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return void say(usage);
  if (args[0] === 'backup') {
    const [, target, ...flags] = args;
    if (target === undefined || target.startsWith('--'))
      throw new SettingsError('Name the file: backup <file>.');
    backUp(readSettings(flags, process.env).settings.data, target);
    say(
      `Wrote ${target}. Keep the secret key apart from it: without the key, pre-shared keys can’t be read.`,
    );
    return;
  }
  const { settings, warnings } = readSettings(args, process.env);
  // The log goes to standard error: what a person has to read, like the setup link, stands alone on standard output.
  const log = createLog(process.stderr, process.stderr.isTTY);
  for (const warning of warnings) log.warn({}, warning);
  const server = await startServer({ settings, log });
  say(`Culvert is running at ${server.url}`);
  if (server.setupUrl)
    say(`Make the first admin account here (works once, for 24 hours):\n  ${server.setupUrl}`);

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // A second Ctrl-C is somebody who doesn’t want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
