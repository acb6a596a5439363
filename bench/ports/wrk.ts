import { must } from '../../e2e/lab/namespaces.ts';
import type { Target } from './load.ts';

/** What wrk measured; `requests` a second, times in milliseconds. */
export type Wrk = { requests: number; p50: number; p99: number };

export const PARALLEL = 50;

const script = new URL('wrk.lua', import.meta.url).pathname;

/** Asks for the short text for some seconds, over 50 connections that are kept. In C: a load in Node would measure itself. */
export async function runWrk({ address, port, host }: Target, seconds: number): Promise<Wrk> {
  const load = ['--threads', '1', '--connections', String(PARALLEL), '--duration', `${seconds}s`];
  const printed = await must(
    'wrk',
    ...load,
    '--script',
    script,
    '--header',
    `Host: ${host}`,
    `http://${address}:${port}/`,
  );
  const json = printed.trim().split('\n').at(-1) ?? '';
  const { requests, duration, p50, p99, errors }: Printed = JSON.parse(json);
  if (errors > 0) throw new Error(`wrk: ${errors} of ${requests} requests to ${host} failed.`);
  return { requests: requests / (duration / 1e6), p50: p50 / 1000, p99: p99 / 1000 };
}

/** By wrk.lua. */
type Printed = { requests: number; duration: number; p50: number; p99: number; errors: number };
