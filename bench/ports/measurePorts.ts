import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PortsCompany } from '../../e2e/lab/portsCompany.ts';
import { columns, spreadText } from '../columns.ts';
import { spreadOf, type Spread } from '../spread.ts';
import { download, firstBytes, requestsPerSecond, upload, type Target } from './load.ts';

const PORT = 8695;
const APP = 3000;
const SECONDS = 2;
const MEBIBYTES = 128;
const ROUNDS = 3;

const programs = {
  app: new URL('app.ts', import.meta.url).pathname,
  httpxy: new URL('httpxyProxy.ts', import.meta.url).pathname,
};

/** How the figures were measured. */
export const portNotes = `Forwarded ports: medians of ${ROUNDS} rounds (smallest–largest); the app, the server and the agent are processes of their own on one machine.
- Culvert: a public port of a workspace, through the server and the agent of a replica in a network namespace of its own.
- httpxy: a reverse proxy of Node beside the app, which knows no replicas and lets everybody in. The app itself: nothing in between.
- Requests: ${SECONDS} seconds, 50 in parallel, connections kept. Transfers: ${MEBIBYTES} MiB.`;

/** Forwards a port as people do and puts load on it, beside the same app without Culvert. Takes less than a minute; as root. */
export async function measurePorts(): Promise<string> {
  const children: ChildProcess[] = [];
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await once(child.stdout, 'data');
  };
  const company = await PortsCompany.start({ prefix: 'benchp', port: PORT });
  try {
    const workspace = await company.workspace(1);
    await workspace
      .machine()
      .run([process.execPath, programs.app, String(APP)], join(company.lab.folder, 'bench-app.log'))
      .printed('listening');
    const { host } = new URL(await workspace.share(APP, 'public'));
    await run(programs.app, String(PORT + 1));
    await run(programs.httpxy, String(PORT + 2), String(PORT + 1));
    return await table([
      { port: PORT, host },
      { port: PORT + 2, host: 'localhost' },
      { port: PORT + 1, host: 'localhost' },
    ]);
  } finally {
    for (const child of children) child.kill();
    await company.close();
  }
}

const measures: readonly [string, (target: Target) => Promise<number>][] = [
  ['Requests a second', (target) => requestsPerSecond(target, SECONDS)],
  ['Download, MiB/s', (target) => download(target, MEBIBYTES)],
  ['Upload, MiB/s', (target) => upload(target, MEBIBYTES)],
  ['First byte, ms, median of 200', async (target) => spreadOf(await firstBytes(target, 200)).median],
];

async function table(targets: readonly Target[]): Promise<string> {
  // Everybody’s first requests are slow, and none of them count.
  for (const target of targets) await requestsPerSecond(target, 1);
  const lines: string[][] = [];
  for (const [what, measure] of measures) {
    const values = targets.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, target] of targets.entries()) values[index]?.push(await measure(target));
    }
    const [culvert, httpxy, itself] = values.map(spreadOf);
    if (!culvert || !httpxy || !itself) continue;
    const spreads = [culvert, httpxy, itself].map(spreadText);
    lines.push([what, ...spreads, ratio(culvert, httpxy), ratio(culvert, itself)]);
  }
  return columns(['', 'Culvert', 'httpxy', 'the app itself', 'of httpxy', 'of the app'], lines);
}

const ratio = (one: Spread, other: Spread) => `${(one.median / other.median).toFixed(2)}×`;
