import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import { pipelineProviders } from '../../../contract/pipelines/identity.ts';
import { PipelineTokenCreated, TrustedRepository } from '../../../contract/pipelines/pipelines.ts';
import { Problem } from '../../../contract/problems.ts';
import { OutboundError } from '../../outboundError.ts';
import { createTestApp } from '../../testing.ts';
import { createTestIssuer, usualClaims } from './issuer.ts';

/** What servers in tests are reached at, and tokens for them have to be for. */
export const AUDIENCE = 'http://localhost:8080';

/** Owner and repository of `usualClaims`, as a rule names them. */
export const usualNames = {
  github: { owner: { name: 'octo', id: '12' }, repository: { name: 'octo/app', id: '4711' } },
  gitlab: { owner: { name: 'group', id: '5' }, repository: { name: 'group/app', id: '20' } },
  bitbucket: { owner: { name: 'acme', id: '{6a1b}' }, repository: { name: 'acme/app', id: '{90cd}' } },
} as const satisfies Record<PipelineProvider, object>;

/** Rules that admit what each provider's usual claims say, without any limit. */
export const usualRule = (provider: PipelineProvider) => ({
  ...usualNames[provider],
  events: [],
  refs: [],
  environments: [],
  protectedOnly: false,
  outside: false,
  vpns: null,
});

export type TrustWorld = Awaited<ReturnType<typeof createTrustWorld>>;

/** An app with an issuer for each provider, and a team whose admin Ada has added all of them and trusts nobody yet. */
export async function createTrustWorld() {
  const host = await createTestApp();
  const make = (provider: PipelineProvider) =>
    createTestIssuer({ url: String(usualClaims[provider]['iss']), now: () => host.clock.now() });
  const issuers = {
    github: await make('github'),
    gitlab: await make('gitlab'),
    bitbucket: await make('bitbucket'),
  };
  host.answerOutbound(async (address, init) => {
    const asked = Object.values(issuers).find(({ url }) => address.startsWith(url));
    if (!asked) throw new OutboundError('unreachable', `${address} can’t be reached: its name is not known.`);
    return await asked.outbound(address, init);
  });

  /** A team with an admin and all issuers. */
  async function foundTeam(name: string, adminName: string) {
    const team = await host.addTeam(name);
    const admin = await host.member(adminName, team.id, 'admin');
    const issuerIds = new Map<PipelineProvider, string>();
    for (const provider of pipelineProviders) {
      const added = await admin.client.post(`${team.path}/issuers`, { provider, url: issuers[provider].url });
      const { id }: { id: string } = await added.json();
      issuerIds.set(provider, id);
    }

    /** Asks for a rule that admits the usual claims but for these settings. */
    const askForRule = (provider: PipelineProvider, settings: object = {}) =>
      admin.client.post(`${team.path}/trusted-repositories`, {
        issuer: issuerIds.get(provider),
        ...usualRule(provider),
        ...settings,
      });
    const trust = async (provider: PipelineProvider, settings: object = {}) =>
      TrustedRepository.parse(await (await askForRule(provider, settings)).json());
    const readRule = async (id: string) => {
      const listed: { items: unknown[] } = await (
        await admin.client.get(`${team.path}/trusted-repositories`)
      ).json();
      return listed.items.map((item) => TrustedRepository.parse(item)).find((rule) => rule.id === id);
    };
    return { ...team, admin, askForRule, trust, readRule };
  }
  const team = await foundTeam('Acme', 'Ada');

  /** Comes with this identity token, and names a team or none. */
  const present = (idToken: string, named: string | null = team.id) =>
    host.anonymous.post('/api/v1/pipeline-tokens', { idToken, team: named });

  /** Comes with a new token of the usual claims, changed by these. */
  const exchange = async (
    provider: PipelineProvider,
    changes: Readonly<Record<string, unknown>> = {},
    named: string | null = team.id,
  ) => await present(await issuers[provider].mintFor(provider, AUDIENCE, changes), named);

  /** The same, for one that is to be admitted: who asks with what it got. */
  async function pipeline(provider: PipelineProvider, changes: Readonly<Record<string, unknown>> = {}) {
    const created = PipelineTokenCreated.parse(await (await exchange(provider, changes)).json());
    return { ...created, client: host.withApiToken(created.token) };
  }
  return { ...host, issuers, team, foundTeam, present, exchange, pipeline };
}

/** The problem document of an answer. */
export const problemOf = async (response: Response) => Problem.parse(await response.json());
