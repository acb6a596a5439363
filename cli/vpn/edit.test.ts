import { expect, test } from 'vitest';
import { createRolloutWorld } from '../../server/rollouts/testing/rolloutWorld.ts';
import { createTestCli } from '../testing.ts';

/** Two replicas with tunnels that are up, and `culvert vpn edit` of their VPN while they do what a test says, a step per wait. */
async function fleet(
  steps: (world: Awaited<ReturnType<typeof createRolloutWorld>>) => (() => Promise<void>)[],
) {
  const world = await createRolloutWorld({ api: 2 });
  const made = await world.admin.post(`${world.team}/api-tokens`, { name: 'Laptop', expiresInDays: 1 });
  const { token } = await made.json();
  const { culvert } = createTestCli(world.host.app, {
    CULVERT_SERVER: world.host.deps.settings.publicUrl,
    CULVERT_TOKEN: token,
  });
  const left = steps(world);
  return await culvert(['vpn', 'edit', 'office', '--esp-lifetime', '2h'], {
    wait: async () => {
      await world.settle();
      const next = left.shift();
      if (!next) throw new Error('Nothing more happens, and it still waits.');
      await next();
    },
  });
}

test('a change is waited for, replica by replica', async () => {
  const { exit, stdout, stderr } = await fleet((world) => [
    () => world.replica('api-1').tries(),
    () => world.replica('api-1').keeps(),
    () => world.replica('api-2').tries(),
    () => world.replica('api-2').keeps(),
  ]);
  expect(stderr).toContain('0 of 2 replicas have the change.\n1 of 2 replicas have the change.\n');
  expect([exit, stdout]).toEqual([0, 'Changed Office.\n']);
});

test('a change that fails at the first replica ends with 7, and says why', async () => {
  const diagnosis = { code: 'psk_differs_v1', parts: {}, log: ['sending retransmit 1'] };
  const { exit, stdout, stderr } = await fleet((world) => [
    () => world.replica('api-1').tries(),
    () => world.replica('api-1').goesBack({ diagnosis }),
  ]);
  expect(stderr).toMatch(/\napi-1 went back: .+\n(?:.+\n)*  \| sending retransmit 1\n/);
  expect(stderr).toContain(
    'culvert: The change of Office failed at its first replica. All of them have the old settings.\n',
  );
  expect([exit, stdout]).toEqual([7, '']);
});

test('a change that stops at a later replica ends with 7 and says how to go on', async () => {
  const { exit, stderr } = await fleet((world) => [
    () => world.replica('api-1').tries(),
    () => world.replica('api-1').keeps(),
    () => world.replica('api-2').tries(),
    () => world.replica('api-2').goesBack(),
  ]);
  expect(stderr).toContain(
    'culvert: The change of Office is paused: the other replicas keep the old settings for now.\nGo on or take it back',
  );
  expect(exit).toBe(7);
});
