import { columns, numberText, spreadText } from '../columns.ts';
import { spreadOf } from '../spread.ts';
import { holdManyWebSockets, holdSlowReader, SLOW, sumOf, WEB_SOCKETS, type Growth } from './held.ts';
import { measureListenToRow } from './listenToRow.ts';
import { download, firstBytes, upload, type Target } from './load.ts';
import { percentile } from './percentile.ts';
import { buildRig, type Rig, type Way, type WayName } from './rig.ts';
import { PARALLEL, runWrk } from './wrk.ts';

const SECONDS = 2;
const MEBIBYTES = 128;
const FIRST_BYTES = 300;
const ROUNDS = 3;
const ROWS = 10;

const order: readonly WayName[] = ['culvert', 'nginx', 'ssh', 'httpxy', 'app'];
const header = ['', 'Culvert', 'nginx', 'ssh -R, nginx', 'httpxy', 'the app', 'of nginx', 'of ssh -R'];

/** How the figures were measured. */
export const portNotes = `Forwarded ports: medians of ${ROUNDS} rounds (smallest–largest). The app, a program of Node, is in a replica: a network namespace of its own.
Everything else is on the server’s side, a second one, and each way crosses the cable between both once.
- Culvert: a public port, by the server and the agent. Without TLS, as all but ssh -R.
- nginx: Debian’s, a worker for each core, connections to the app kept, no buffering; it has a route into the replica.
- ssh -R, nginx: the replica reaches out to Debian’s sshd, and the same nginx passes on to the forwarded port. Encrypted on the way.
- httpxy: a reverse proxy of Node. The app: nothing in between.
- Requests: wrk with ${PARALLEL} connections that are kept, ${SECONDS} s a round; p50 and p99 are of these. First byte: ${FIRST_BYTES} requests one after
  the other over one connection. Transfers: one at a time, ${MEBIBYTES} MiB.
- WebSockets: ${WEB_SOCKETS} at once, until each has echoed; memory while they are held and echo again.
- Slow reader: a download read at ${SLOW.mebibytesPerSecond} MiB/s for ${SLOW.seconds} s.
- Memory: the most VmRSS that was seen less what it was before, summed over the side’s processes, MB of 1,000,000 bytes.
- Row: from listen() in the workspace until Chromium draws the row in the Ports tab; ${ROWS} ports.`;

/** Forwards a port as people do and puts load on it, beside other ways to the same app. */
export async function measurePorts(): Promise<string> {
  const interrupted = Promise.withResolvers<never>();
  // It may come before anybody waits for it.
  interrupted.promise.catch(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupted.reject(new Error(`Ended by ${signal}.`)));
  const rig = await buildRig();
  try {
    return await Promise.race([measure(rig), interrupted.promise]);
  } finally {
    await rig.close();
  }
}

/** Memory first: what load leaves behind would hide what is taken. */
async function measure(rig: Rig): Promise<string> {
  const { culvert } = rig.ways;
  const idle = {
    server: await sumOf(culvert.serverSide()),
    agent: await sumOf(await culvert.replicaSide()),
  };
  const ways = order.map((name) => ({ name, ...rig.ways[name] }));
  for (const { target } of ways) await firstBytes(target, 200);

  console.error('… a slow reader');
  const slow = await onSome(ways, ['culvert', 'nginx', 'ssh'], holdSlowReader);
  console.error(`… ${WEB_SOCKETS} WebSockets`);
  const held = await onSome(ways, ['culvert', 'nginx', 'ssh', 'app'], holdManyWebSockets);
  console.error('… load');
  const loaded = await measureLoad(ways.map(({ target }) => target));
  console.error('… from listen() to the row');
  const shown = spreadOf(await measureListenToRow(rig, ROWS));

  const growths = (of: readonly (Growth | undefined)[]) => of.map((growth) => growthText(growth));
  return columns(
    header,
    [
      ...loaded,
      withRatios(
        `${WEB_SOCKETS} WebSockets opened, ms`,
        held.map((one) => (one ? [one.openedMs] : [])),
      ),
      ['Their memory, server’s side, MB', ...growths(held.map((one) => one?.serverSide))],
      ['Their memory, replica, MB', ...growths(held.map((one) => one?.replicaSide))],
      ['Slow reader’s memory, server’s side, MB', ...growths(slow.map((one) => one?.serverSide))],
      ['Slow reader’s memory, replica, MB', ...growths(slow.map((one) => one?.replicaSide))],
      ['listen() to its row on the screen, ms', spreadText(shown)],
      ['Idle server, MB', numberText(idle.server)],
      ['Idle agent, MB', numberText(idle.agent)],
    ].map((cells) => header.map((_, column) => cells[column] ?? '')),
  );
}

/** What is measured on some ways, one after the other; undefined on the others. */
async function onSome<Measured>(
  ways: readonly (Way & { name: WayName })[],
  names: readonly WayName[],
  measureOne: (way: Way) => Promise<Measured>,
): Promise<(Measured | undefined)[]> {
  const measured: (Measured | undefined)[] = [];
  for (const way of ways) measured.push(names.includes(way.name) ? await measureOne(way) : undefined);
  return measured;
}

/** Each gives one value for each of its rows. */
const loads: readonly { rows: readonly string[]; measure: (target: Target) => Promise<number[]> }[] = [
  {
    rows: ['Requests a second', 'of these, p50, ms', 'of these, p99, ms'],
    measure: async (target) => {
      const { requests, p50, p99 } = await runWrk(target, SECONDS);
      return [requests, p50, p99];
    },
  },
  {
    rows: ['First byte, p50, ms', 'First byte, p99, ms'],
    measure: async (target) => {
      const taken = await firstBytes(target, FIRST_BYTES);
      return [percentile(taken, 50), percentile(taken, 99)];
    },
  },
  { rows: ['Download, MiB/s'], measure: async (target) => [await download(target, MEBIBYTES)] },
  { rows: ['Upload, MiB/s'], measure: async (target) => [await upload(target, MEBIBYTES)] },
];

async function measureLoad(targets: readonly Target[]): Promise<string[][]> {
  // Everybody’s first requests are slow, and none of them count.
  for (const target of targets) await runWrk(target, 1);
  const lines: string[][] = [];
  for (const { rows, measure } of loads) {
    const rounds = targets.map((): number[][] => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, target] of targets.entries()) rounds[index]?.push(await measure(target));
    }
    for (const [row, what] of rows.entries())
      lines.push(
        withRatios(
          what,
          rounds.map((of) => of.flatMap((values) => values[row] ?? [])),
        ),
      );
  }
  return lines;
}

/** A line of the table from the values of each way, none where it wasn’t measured. */
function withRatios(what: string, values: readonly (readonly number[])[]): string[] {
  const spreads = values.map((of) => (of.length === 0 ? null : spreadOf(of)));
  const [culvert, nginx, ssh] = spreads;
  const ratio = (one = culvert, other = nginx) =>
    one && other ? `${(one.median / other.median).toFixed(2)}×` : '';
  return [
    what,
    ...spreads.map((spread) => (spread ? spreadText(spread) : '')),
    ratio(culvert, nginx),
    ratio(culvert, ssh),
  ];
}

/** Nothing where there is no process. */
function growthText(growth: Growth | undefined): string {
  if (!growth || growth.before === 0) return '';
  const { before, peak } = growth;
  return `${numberText(peak - before)} (${numberText(before)} → ${numberText(peak)})`;
}
