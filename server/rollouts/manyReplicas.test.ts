import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { rowOfReport } from '../agents/tunnelRows.ts';
import { capable, tunnelReport } from '../agents/fakeAgent.ts';
import { createApp } from '../app.ts';
import { body } from '../fixtures.ts';
import { TestClient } from '../testing.ts';
import { startRollouts } from './rollouts.ts';
import { createRolloutWorld } from './testing/rolloutWorld.ts';

const REPLICAS = 200;
const at = '2026-11-21T08:00:00.000Z';

/** 200 replicas that are up, in one workspace, and a count of what is asked of the database. */
async function createMany() {
  const world = await createRolloutWorld({ api: 0 });
  const { db, deps } = world.host;
  const { id: workspace_id } = await db.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
  const numbers = Array.from({ length: REPLICAS }, (_, index) => index + 1);
  const report = (ordinal: number, changes = {}) =>
    rowOfReport(`rep_${ordinal}`, tunnelReport(world.vpnId, changes), at);
  for (const ordinal of numbers) {
    await db
      .insertInto('replica')
      .values({
        id: `rep_${ordinal}`,
        workspace_id,
        name: `api-${ordinal}`,
        ordinal,
        local_id: `api-${ordinal}.culvert`,
        key: `key-${ordinal}`,
        secret_hash: '',
        token_id: null,
        hostname: 'host',
        platform: 'linux-x64',
        agent_version: '0.1.0',
        ipsec: JSON.stringify(capable),
        ipsec_supported: 1,
        connection: `connection-${ordinal}`,
        since: at,
        joined_at: at,
      })
      .execute();
    await db.insertInto('tunnel').values(report(ordinal)).execute();
  }
  let queries = 0;
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const counted = { ...deps, db: db.withPlugin(counting) };
  await deps.rollouts.stop();
  const rollouts = await startRollouts(counted);
  const admin = new TestClient(createApp({ ...counted, rollouts }), world.admin.headers);
  return {
    world,
    admin,
    rollouts,
    /** How many queries it took. */
    async during(work: () => Promise<unknown>): Promise<number> {
      queries = 0;
      await work();
      return queries;
    },
    /** Writes verdicts as agents would have given them. */
    async verdicts(numbered: readonly number[], state: 'kept' | 'went-back'): Promise<void> {
      const change = JSON.stringify({ revision: 2, state, reason: null, diagnosis: null, at });
      const ids = numbered.map((ordinal) => `rep_${ordinal}`);
      await db.updateTable('tunnel').set({ change }).where('replica_id', 'in', ids).execute();
    },
  };
}

test('with 200 replicas each step takes as many queries as with one', async () => {
  const { world, admin, rollouts, during, verdicts } = await createMany();
  const look = async () => {
    const { id } = await world.host.db.selectFrom('rollout').select('id').executeTakeFirstOrThrow();
    rollouts.wake(id);
    await rollouts.settled();
  };
  const change = { dpdDelaySeconds: 60, rollout: { strategy: 'all-at-once' } };
  const began = await during(async () => {
    await body(await admin.patch(world.at, change, { ifMatch: '*' }), 200);
    await rollouts.settled();
  });
  expect(began).toBeLessThanOrEqual(40);

  await verdicts([1], 'kept');
  expect(await during(look), 'all others begin together').toBeLessThanOrEqual(10);
  expect(Object.values(await world.states()).filter((state) => state === 'trying')).toHaveLength(199);
  expect(await during(look), 'nothing new').toBeLessThanOrEqual(5);

  await verdicts(
    Array.from({ length: 198 }, (_, index) => index + 2),
    'kept',
  );
  await verdicts([200], 'went-back');
  expect(await during(look), 'the verdicts of 199').toBeLessThanOrEqual(10);
  const reading = await during(async () => body(await admin.get(`${world.at}/rollout`), 200));
  expect(reading).toBeLessThanOrEqual(10);
  expect(await world.rollout()).toMatchObject({ state: 'paused' });
  await rollouts.stop();
});
