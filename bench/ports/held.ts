import { residentMb } from '../resident.ts';
import { readSlowly } from './load.ts';
import type { Way } from './rig.ts';
import { holdWebSockets } from './webSockets.ts';

/** Resident memory of one side of a way, MB. `peak`: the most that it was seen with. */
export type Growth = { before: number; peak: number };
export type Held = { serverSide: Growth; replicaSide: Growth };

export const WEB_SOCKETS = 500;
export const SLOW = { mebibytesPerSecond: 1, seconds: 4 } as const;

const LOOK_MS = 100;

/** Memory while one download is read slowly. */
export const holdSlowReader = (way: Way): Promise<Held> => watched(way, () => readSlowly(way.target, SLOW));

/** Memory while many WebSockets are held and all of them echo twice, and how long it took to open them, ms. */
export async function holdManyWebSockets(way: Way): Promise<Held & { openedMs: number }> {
  let openedMs = 0;
  const held = await watched(way, async () => {
    const webSockets = await holdWebSockets(way.target, WEB_SOCKETS);
    openedMs = webSockets.openedMs;
    await settled();
    await webSockets.echo();
    await settled();
    await webSockets.close();
  });
  await settled();
  return { ...held, openedMs };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 500));

async function watched({ serverSide, replicaSide }: Way, work: () => Promise<void>): Promise<Held> {
  const look = async () => {
    const [server, replica] = [serverSide(), await replicaSide()];
    return { server: await sumOf(server), replica: await sumOf(replica) };
  };
  const before = await look();
  const peak = { ...before };
  const working = { done: false };
  const looking = (async () => {
    while (!working.done) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const now = await look();
      peak.server = Math.max(peak.server, now.server);
      peak.replica = Math.max(peak.replica, now.replica);
    }
  })();
  try {
    await work();
  } finally {
    working.done = true;
    await looking;
  }
  return {
    serverSide: { before: before.server, peak: peak.server },
    replicaSide: { before: before.replica, peak: peak.replica },
  };
}

/** Resident memory of some processes together, MB. */
export async function sumOf(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map((pid) => residentMb(pid)));
  return each.reduce((sum, mb) => sum + mb, 0);
}
