import { Argument, Option, type Command } from 'commander';
import type { Verification } from '../../contract/verifications.ts';
import { apiPath, type Api } from '../api.ts';
import { CliError } from '../cliError.ts';
import type { Context } from '../context.ts';
import { durationSeconds } from '../duration.ts';
import { exitCodes } from '../exitCodes.ts';
import { action, type Invocation } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { parseCheckTarget, type CheckTarget } from '../preview/checkTarget.ts';
import { table } from '../table.ts';

const LOOK_EVERY_MS = 300;

export function addVpnVerify(vpn: Command, context: Context): void {
  leaf(vpn, 'verify', {
    summary: 'Check that something answers through the tunnels of a VPN',
    more: 'A ping, or with a port a TCP connection, from every replica that you may use. Ends with 7 where one gets no answer.',
    examples: [
      { line: 'culvert vpn verify "Company data center" 10.250.0.5', does: 'Ping it from every replica' },
      {
        line: 'culvert vpn verify "Company data center" 10.250.0.5:5432 --json',
        does: 'Connect to its port 5432',
      },
    ],
  })
    .argument('<vpn>', 'its name or id')
    .addArgument(new Argument('<address>', '10.250.0.5, or 10.250.0.5:5432').argParser(parseCheckTarget))
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for answers')
        .argParser(durationSeconds)
        .default(60, '60s'),
    )
    .action(
      action(
        context,
        async (invocation, name: string, target: CheckTarget, { timeout }: { timeout: number }) => {
          const { connect, out } = invocation;
          const { teamApi } = await connect();
          const begun = await teamApi.post<Verification>(apiPath`/vpns/${name}/verifications`, target);
          const done = await awaitResults(invocation, teamApi, begun, timeout);
          out.result(done, () =>
            table(
              ['REPLICA', 'ANSWER'],
              done.results.map(({ replica, message }) => [replica.name, message]),
              out.style.bold,
            ),
          );
          return done.results.every(({ state }) => state === 'succeeded')
            ? exitCodes.ok
            : exitCodes.tunnelFailed;
        },
      ),
    );
}

async function awaitResults(
  { context, out }: Invocation,
  teamApi: Api,
  begun: Verification,
  timeout: number,
): Promise<Verification> {
  const { clock } = context;
  const end = clock.now() + timeout * 1000;
  const progress = out.progress('Waiting for answers…');
  try {
    for (let now = begun; ; now = await teamApi.get<Verification>(apiPath`/verifications/${begun.id}`)) {
      if (now.finishedAt !== null) return now;
      const { results } = now;
      const there = results.filter(({ state }) => state !== 'running').length;
      progress.update(`${there} of ${results.length} replicas have answered…`);
      if (clock.now() >= end) {
        throw new CliError(`After ${timeout} s, ${there} of ${results.length} replicas have answered.`, {
          exit: exitCodes.timeout,
          code: 'timeout',
        });
      }
      await clock.wait(LOOK_EVERY_MS);
    }
  } finally {
    progress.stop();
  }
}
