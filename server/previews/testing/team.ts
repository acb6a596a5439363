import type { z } from 'zod';
import { ApiTokenCreated } from '../../../contract/team.ts';
import { PreviewIsUp, type PreviewUp } from '../../../contract/previews.ts';
import { body, createVpn } from '../../fixtures.ts';
import { createTestApp, type TestClient } from '../../testing.ts';

export const VPN = 'Company data center';

export type Asking = Partial<z.input<typeof PreviewUp>>;

/** A team with a VPN, its admin Ada and the member Olga, who have API tokens for their pipelines. */
export async function previewTeam() {
  const host = await createTestApp();
  const { id: teamId, path: team } = await host.addTeam();
  const ada = await host.member('Ada', teamId, 'admin');
  const olga = await host.member('Olga', teamId);
  const vpn = await createVpn(ada.client, team, { name: VPN });
  const previews = `${team}/previews`;

  const tokenOf = async (client: TestClient) =>
    host.withApiToken(
      ApiTokenCreated.parse(await body(await client.post(`${team}/api-tokens`, { name: 'CI' }), 201)).token,
    );

  /** As a pipeline with an API token asks: for the change 12 of octo/app. */
  const ask = (client: TestClient, asking: Asking = {}) =>
    client.post(previews, { vpn: VPN, repository: 'octo/app', change: '12', ...asking });

  return {
    host,
    teamId,
    team,
    previews,
    vpn,
    ada,
    olga,
    adasToken: await tokenOf(ada.client),
    olgasToken: await tokenOf(olga.client),
    ask,
    up: async (client: TestClient, asking: Asking = {}, status = 201) =>
      PreviewIsUp.parse(await body(await ask(client, asking), status)),
    down: async (client: TestClient, asking: { change?: string; repository?: string | null } = {}) =>
      await body(
        await client.post(`${previews}/down`, { repository: 'octo/app', change: '12', ...asking }),
        200,
      ),
  };
}

export type PreviewTeam = Awaited<ReturnType<typeof previewTeam>>;
