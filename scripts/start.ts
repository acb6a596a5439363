import { resolve } from 'node:path';
import { runAgent } from '../server/node/agentProcess.ts';
import type { AgentProcess } from '../server/node/agentProcess.ts';
import { createLog } from '../server/node/log.ts';
import { SettingsError, readSettings, settingsHelp } from '../server/node/settings.ts';
import { startServer } from '../server/node/startServer.ts';
import type { RunningServer } from '../server/node/startServer.ts';
import { dismissThisMachine, prepareThisMachine } from '../server/node/thisMachine.ts';
import { agentBundle, buildFreshAgent, buildFreshCommandLine, buildFreshDashboard } from './build.ts';

/** Little memory rather than speed, as in the launcher that server/agents/install/files.sh writes. */
const lowMemory = [
  '--max-semi-space-size=1',
  '--optimize-for-size',
  '--no-opt',
  '--no-maglev',
  '--v8-pool-size=0',
] as const;
const agentCommand = [process.execPath, ...lowMemory, agentBundle] as const;

async function start(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(
      `Usage: npm start -- [flags]\n\nSettings, from the environment or the flag:\n${settingsHelp()}`,
    );
    return;
  }
  const { settings, warnings } = readSettings(args, process.env);
  // As server/main.ts does: secrets among the flags aren’t for everybody who lists the processes of this machine.
  process.title = 'culvert-server';
  const log = createLog(process.stderr, process.stderr.isTTY);
  for (const warning of warnings) log.warn({}, warning);
  const data = resolve(settings.data);

  for (const [what, build] of [
    ['agent', buildFreshAgent],
    ['command line', buildFreshCommandLine],
    ['dashboard', buildFreshDashboard],
  ] as const) {
    if (await build()) console.log(`Built the ${what}.`);
  }

  let agent: AgentProcess | null = null;
  let stopping = false;
  const startAgent = async (running: RunningServer): Promise<void> => {
    const machine = await prepareThisMachine(running.deps, data);
    if (!machine || agent || stopping) return;
    agent = runAgent({
      ...machine,
      command: agentCommand,
      server: running.localUrl,
      log,
      clock: running.deps.clock,
      onDismissed: () => {
        log.info({}, 'this machine was sent away from its workspace; its agent is not started again');
        void dismissThisMachine(data);
      },
    });
  };
  const startAgentOrSay = (running: RunningServer): void => {
    startAgent(running).catch((error: unknown) => {
      log.error({ error: String(error) }, 'the agent of this machine can’t be started');
    });
  };

  const starting: Promise<RunningServer> = startServer({
    settings,
    log,
    onSetUp: () => void starting.then(startAgentOrSay),
  });
  const server = await starting;
  console.log(`Culvert is running at ${server.url}`);
  if (server.setupUrl) {
    console.log(`Make the first admin account here (works once, for 24 hours):\n  ${server.setupUrl}`);
  }
  startAgentOrSay(server);

  const stop = async (): Promise<void> => {
    // A second Ctrl-C is somebody who doesn’t want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    const results = await Promise.allSettled([agent?.stop(), server.close()]);
    const failed = results.filter((result) => result.status === 'rejected');
    for (const { reason } of failed) log.error({ error: String(reason) }, 'could not stop cleanly');
    process.exit(failed.length > 0 ? 1 : 0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

try {
  await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
