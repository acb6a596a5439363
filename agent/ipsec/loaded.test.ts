import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Applied } from './applied.ts';
import { runAttempt } from './attempt.ts';
import { guideVpn } from './desiredVpn.testing.ts';
import { FakeCharon, ManualClock } from './fakeCharon.testing.ts';
import { firstGeneration, type Generation } from './generations.ts';
import { Loaded } from './loaded.ts';
import { load } from './loading.ts';
import { openSession, type Session } from './session.ts';

const before = guideVpn();
const wanted = guideVpn({ revision: 2, preSharedKey: 'another' });
const beside: Generation = { ...firstGeneration(wanted), name: 'vpn_guide+1' };

let folder: string;
let applied: Applied;
let charon: FakeCharon;
let session: Session;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'culvert-loaded-'));
  applied = Applied.open(folder);
  charon = await FakeCharon.start();
  const process = { pid: 1, startTime: '1' };
  session = await openSession({
    socket: charon.socket,
    process,
    tunInterface: 'ipsec0',
    clock: new ManualClock(),
  });
});
afterEach(async () => {
  session.close();
  charon.close();
  await applied.settled();
  rmSync(folder, { recursive: true });
});

async function bringUp(generation: Generation, virtualIp: string): Promise<void> {
  charon.assign = () => virtualIp;
  applied.set(generation);
  await load(session, generation);
  const silent = () => undefined;
  await runAttempt(session, generation.vpn, silent, new AbortController().signal, { generation });
}

test('an agent killed before the routes went over to what it kept: the next moves them before the old tunnel ends', async () => {
  await bringUp(firstGeneration(before), '10.200.0.1');
  await bringUp(beside, '10.201.0.1');
  charon.told.length = 0;
  const loaded = new Loaded(applied, async (from, to) => {
    charon.told.push(`move ${from.join()} to ${to.join()}`);
    await Promise.resolve();
  });
  expect(await loaded.takeOver(session, wanted, null)).toBe(true);
  expect(loaded.generation?.name).toBe('vpn_guide+1');
  expect(charon.told).toEqual([
    'move 10.200.0.1 to 10.201.0.1',
    'terminate vpn_guide',
    'unload-conn vpn_guide',
    'unload-shared vpn_guide',
  ]);
});
