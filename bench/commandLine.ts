import { spawnSync } from 'node:child_process';
import { commandLineBundle } from '../scripts/build.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

/** Milliseconds that `culvert --version` may take in all: people wait for each command, and shells for each completion. */
const LIMIT_MS = 80;
/** A start takes so short that more rounds cost nothing. */
const STARTS_PER_ROUND = 3;

/** How long Node with these arguments takes from its start to its end, in milliseconds. */
function startMs(args: readonly string[]): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const took = performance.now() - begun;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return took;
}

/** What starting the command line costs, beside Node itself; in turns, so that both meet the same machine. */
export function measureCommandLine(rounds: number): Row {
  const [culvert, node]: [number[], number[]] = [[], []];
  // The first start reads the files from the disk.
  startMs([commandLineBundle, '--version']);
  for (let start = 0; start < rounds * STARTS_PER_ROUND; start += 1) {
    culvert.push(startMs([commandLineBundle, '--version']));
    node.push(startMs(['-e', '0']));
  }
  return {
    what: 'culvert --version; by hand: node -e 0, ms',
    culvert: spreadOf(culvert),
    byHand: spreadOf(node),
    limit: LIMIT_MS,
  };
}
