import { commands } from './node/commands.ts';
import { createLog } from './node/log.ts';
import { readSettings, settingsHelp, SettingsError } from './node/settings.ts';
import { startServer } from './node/startServer.ts';

export { startServer, type RunningServer } from './node/startServer.ts';

const commandHelp = Object.entries(commands)
  .map(
    ([name, { argument, help }]) =>
      `  node server/main.ts ${`${name} ${argument} [flags]`.padEnd(28)} ${help}`,
  )
  .join('\n');

const usage = `Usage:
  node server/main.ts ${'[flags]'.padEnd(28)} runs the server
${commandHelp}

Settings, from the environment or the flag:
${settingsHelp()}
`;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<void> {
  // The flags were read: secrets among them aren’t for everybody who lists the processes of this machine.
  process.title = 'culvert-server';
  if (args.includes('--help')) return void say(usage);
  const [first = '', argument, ...flags] = args;
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (!command) return await serve(args);
  if (argument === undefined || argument.startsWith('--')) {
    throw new SettingsError(`${first} needs its argument: ${first} ${command.argument}`);
  }
  say(await command.run(argument, flags, process.env));
}

/** Runs the server until it is told to stop. */
async function serve(args: readonly string[]): Promise<void> {
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
