import type { z } from 'zod';
import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import { ApiTokenCreated } from '../../../contract/team.ts';
import { PreviewIsUp, type PreviewUp } from '../../../contract/previews.ts';
import { body, createVpn } from '../../fixtures.ts';
import { issueToken } from '../../session/tokens.ts';
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

/** Whose token it is; what is left out is as of a push to octo/app at GitHub. */
export type PipelineToken = {
  provider?: PipelineProvider;
  repository?: { id: string; name: string };
  sequence?: number | null;
  /** Ids of the VPNs that its rule is for; null: all. */
  vpns?: string[] | null;
  /** Tells apart rules of one repository; it is changed to what is said here. */
  rule?: string;
  /** It may run code from outside, which its rule lets in. */
  outside?: boolean;
};

export const issuers = {
  github: 'https://token.actions.githubusercontent.com',
  gitlab: 'https://gitlab.example.com',
  bitbucket: 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
} as const;

/** A client with the token that a pipeline got by a rule of this person’s, issued now. */
export async function pipelineOf(
  { host, teamId }: Pick<PreviewTeam, 'host' | 'teamId'>,
  maker: { id: string; name: string },
  token: PipelineToken = {},
): Promise<TestClient> {
  const { provider = 'github', repository = { id: '4711', name: 'octo/app' } } = token;
  const { sequence = null, vpns = null, rule = 'usual', outside = false } = token;
  const now = new Date(host.clock.now()).toISOString();
  const url = issuers[provider];
  const owner = { id: '12', name: 'octo' };
  const issuer = { id: `iss_${provider}_${teamId}`, team_id: teamId, provider, url, created_at: now };
  await host.db
    .insertInto('issuer')
    .values({ ...issuer, created_by: maker.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const ruleId = `rule_${rule}_${provider}_${repository.id}`;
  const changing = {
    repository_name: repository.name,
    vpns: vpns === null ? null : JSON.stringify(vpns),
    created_by: maker.id,
    created_by_name: maker.name,
  };
  await host.db
    .insertInto('trust_rule')
    .values({
      id: ruleId,
      team_id: teamId,
      issuer_id: issuer.id,
      owner_name: owner.name,
      owner_id: owner.id,
      ...changing,
      repository_id: repository.id,
      events: '[]',
      refs: '[]',
      environments: '[]',
      protected_only: 0,
      outside: outside ? 1 : 0,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute();
  const scope = { provider, issuer: url, owner, repository, event: 'push', ref: 'main', sequence, vpns };
  const { text } = await issueToken(host.db, host.clock, {
    kind: 'pipeline',
    userId: maker.id,
    teamId,
    name: repository.name,
    scope: JSON.stringify({
      ...scope,
      environment: null,
      isProtected: null,
      outside: outside ? 'fork' : null,
    }),
    trustRuleId: ruleId,
    lifetimeMs: 3_600_000,
  });
  return host.withApiToken(text);
}

export type PreviewTeam = Awaited<ReturnType<typeof previewTeam>>;
