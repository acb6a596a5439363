import type { KyselyPlugin } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { body, createVpn } from '../fixtures.ts';
import { createTestApp, TestClient, type TestApp } from '../testing.ts';
import { capable, tunnelReport } from './fakeAgent.ts';
import { rowOfReport } from './tunnelRows.ts';

const WORKSPACES = 100;
const REPLICAS = 100;

let host: TestApp;
let admin: TestClient;
let team: string;
let vpnId: string;
let queries = 0;

/** 10,000 replicas with a tunnel each: every tenth has failed, every hundredth is offline. */
beforeAll(async () => {
  host = await createTestApp();
  const { id, path } = await host.addTeam();
  team = path;
  admin = (await host.member('Ada', id, 'admin')).client;
  vpnId = (await createVpn(admin, team)).id;
  const { id: owner_id } = await host.addUser('Olga', [{ id, role: 'member' }]);
  const at = '2026-11-21T08:00:00.000Z';
  await host.db.transaction().execute(async (trx) => {
    for (let w = 0; w < WORKSPACES; w += 1) {
      const workspace_id = `ws_${w}`;
      await trx
        .insertInto('workspace')
        .values({ id: workspace_id, team_id: id, name: `w${w}`, owner_id, created_at: at })
        .execute();
      await trx
        .insertInto('vpn_workspace')
        .values({ vpn_id: vpnId, workspace_id, connected_at: at, connected_by: null })
        .execute();
      const numbers = Array.from({ length: REPLICAS }, (_, index) => index + 1);
      await trx
        .insertInto('replica')
        .values(
          numbers.map((ordinal) => ({
            id: `rep_${w}_${ordinal}`,
            workspace_id,
            name: `w${w}-${ordinal}`,
            ordinal,
            local_id: `w${w}-${ordinal}.culvert`,
            key: `key-${ordinal}`,
            secret_hash: '',
            token_id: null,
            hostname: 'host',
            platform: 'linux-x64',
            agent_version: '0.1.0',
            ipsec: JSON.stringify(capable),
            ipsec_supported: 1 as const,
            connection: ordinal === 100 ? null : `${w}/${ordinal}`,
            since: at,
            joined_at: at,
          })),
        )
        .execute();
      await trx
        .insertInto('tunnel')
        .values(
          numbers.map((ordinal) =>
            rowOfReport(
              `rep_${w}_${ordinal}`,
              ordinal % 10 === 1
                ? tunnelReport(vpnId, {
                    state: 'failed',
                    diagnosis: { code: 'gateway_unreachable', parts: {}, log: [] },
                  })
                : tunnelReport(vpnId),
              at,
            ),
          ),
        )
        .execute();
    }
  });
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const app = createApp({ ...host.deps, db: host.db.withPlugin(counting) });
  admin = new TestClient(app, admin.headers);
});

const counted = async (path: string) => {
  queries = 0;
  const answer = await body(await admin.get(team + path), 200);
  expect(queries).toBeGreaterThan(0);
  return { answer, queries };
};

describe('with ten thousand tunnels', () => {
  test('the list of VPNs counts them all, in a handful of queries', async () => {
    const { answer, queries: used } = await counted('/vpns');
    expect(answer).toMatchObject({
      items: [
        {
          workspaces: 100,
          replicas: 10_000,
          tunnels: { wanted: 10_000, up: 8_900, failed: 1_000, offline: 100, worst: { state: 'failed' } },
        },
      ],
    });
    expect(used).toBeLessThanOrEqual(9);
  });

  test('so does the list of workspaces', async () => {
    const { answer, queries: used } = await counted('/workspaces?limit=100');
    expect(answer).toMatchObject({
      total: 100,
      items: Array.from({ length: 100 }, () => ({ tunnels: { wanted: 100, up: 89, failed: 10 } })),
    });
    expect(used).toBeLessThanOrEqual(10);
  });

  test('the filter by state asks no more', async () => {
    const { answer, queries: used } = await counted('/vpns?state=failed');
    expect(answer).toMatchObject({ total: 1 });
    expect(used).toBeLessThanOrEqual(10);
  });

  test('tunnels come in pages of a thousand', async () => {
    const { answer, queries: used } = await counted(`/vpns/${vpnId}/tunnels?limit=1000`);
    expect(answer).toMatchObject({ total: 10_000, nextCursor: expect.any(String) });
    expect(used).toBeLessThanOrEqual(7);
  });
});
