import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Machine } from './machine.ts';
import { until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';

let lab: Lab;
let machine: Machine;

beforeAll(async () => {
  lab = await createLab({ prefix: ownPrefix(), replicas: 1, serverPort: null });
  machine = new Machine(lab.replica(1), join(lab.folder, 'machine'));
  await machine.up();
});
afterAll(async () => {
  await machine.down();
  await lab.close();
});

const bootModule = new URL('../../agent/boot.ts', import.meta.url).href;
const log = () => join(machine.folder, 'log');

/** What an agent on the machine would say of its boot. */
async function boot(): Promise<string> {
  const script = `import(${JSON.stringify(bootModule)}).then(({ readBoot }) => console.log('boot ' + readBoot(null)))`;
  const program = machine.run([process.execPath, '-e', script], log());
  await program.printed('boot ');
  return program.output;
}

test('a machine that went down and came up again has another boot, and none of its processes', async () => {
  const before = await boot();
  expect(await boot()).toBe(before);
  const server = 'require("net").createServer().listen(3000, () => console.log("listening"))';
  await machine.run([process.execPath, '-e', server], log()).printed('listening');
  await machine.down();
  await machine.up();
  expect(await boot()).not.toBe(before);
  expect((await lab.replica(1).exec(['sh', '-c', 'ss -ltnH'])).stdout).toBe('');
});

test('a program that is stopped ends, and the others stay', async () => {
  const forEver = [process.execPath, '-e', 'console.log("started"); setInterval(() => {}, 1e6)'];
  const [first, second] = [machine.run(forEver, log()), machine.run(forEver, log())];
  await Promise.all([first.printed('started'), second.printed('started')]);
  await first.stop();
  expect([first.running, second.running]).toEqual([false, true]);
  await machine.down();
  await until(() => !second.running, 15_000);
  await machine.up();
});
