import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { isLoopbackHost } from '../contract/loopbackHost.ts';
import { startAgent } from './agent.ts';
import { help, parseCommand } from './arguments.ts';
import type { Command } from './arguments.ts';
import { judgeMachine } from './ipsec/capability.ts';
import { systemClock } from './ipsec/clock.ts';
import { createIpsec } from './ipsec/ipsec.ts';
import { probeMachine } from './ipsec/machine.ts';
import { createLog } from './log.ts';
import { StateError } from './state.ts';
import { version } from './version.ts';
import { removeAgent } from './removeAgent.ts';

/** 3: the server sent this replica away for good; a service manager must not start it again. */
const exitCodes = { ended: 0, failed: 1, usage: 2, dismissed: 3 } as const;
/** Longer than charon takes to say goodbye to unreachable gateways; service managers kill after 10 s and more. */
const closingMs = 8_000;

const log = createLog((line) => process.stdout.write(line));

async function run(command: Extract<Command, { kind: 'run' }>): Promise<number> {
  const { keepTunnels, ...options } = command;
  if (options.server.protocol === 'http:' && !isLoopbackHost(options.server.hostname)) {
    log.warn(
      { server: options.server.origin },
      'The server is reached without TLS: keys cross the network in the clear.',
    );
  }
  log.info(
    { version, server: options.server.origin, state: options.stateDir, host: hostname() },
    'Culvert agent starts.',
  );
  const agent = await startAgent({ ...options, log, clock: systemClock, random: Math.random, createIpsec });

  const signal = new Promise<'signal'>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        resolve('signal');
      });
    }
  });
  const why = await Promise.race([agent.dismissed, signal]);
  if (why !== 'signal') return exitCodes.dismissed;
  log.info(
    {},
    keepTunnels ? 'The agent ends, tunnels stay up.' : 'The agent ends and takes its tunnels down.',
  );
  const inTime = await Promise.race([
    agent.close({ keepTunnels }).then(() => true),
    wait(closingMs, false, { ref: false }),
  ]);
  if (!inTime) log.error({}, 'Tunnels could not be taken down in time.');
  return inTime ? exitCodes.ended : exitCodes.failed;
}

/** Two lines when this machine can't do IPsec: why, and the command that mends it (empty where there is none). */
async function check(): Promise<number> {
  const { supported, backend, strongswanVersion, reason, fix } = judgeMachine(await probeMachine());
  process.stdout.write(
    supported
      ? `This machine can do IPsec: strongSwan ${strongswanVersion ?? ''}, ${backend === 'kernel' ? 'ESP in the kernel' : 'ESP by kernel-libipsec'}.\n`
      : `${reason ?? ''}\n${fix ?? ''}\n`,
  );
  return supported ? exitCodes.ended : exitCodes.failed;
}

async function main(): Promise<number> {
  const command = parseCommand(process.argv.slice(2), process.env);
  // The token was read: keep it out of `ps`, and out of the environment of the processes started from here.
  process.title = 'culvert-agent';
  delete process.env['CULVERT_JOIN_TOKEN'];
  switch (command.kind) {
    case 'run':
      return run(command);
    case 'remove':
      await removeAgent({ stateDir: command.stateDir, log, clock: systemClock, createIpsec });
      return exitCodes.ended;
    case 'check':
      return check();
    case 'version':
      process.stdout.write(`${version}\n`);
      return exitCodes.ended;
    case 'help':
      process.stdout.write(help);
      return exitCodes.ended;
    case 'wrong':
      process.stderr.write(`culvert-agent: ${command.problem}\nSee culvert-agent --help.\n`);
      return exitCodes.usage;
  }
}

try {
  process.exit(await main());
} catch (error) {
  if (error instanceof StateError) process.stderr.write(`culvert-agent: ${error.message}\n`);
  else log.error({ error }, 'The agent failed.');
  process.exit(exitCodes.failed);
}
