import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { buildAuthorizationUrl } from 'openid-client';
import { z } from 'zod';
import { safeDestination } from '../../contract/destination.ts';
import { SignInStart, SignInStarted } from '../../contract/signInProviders.ts';
import type { Deps } from '../deps.ts';
import type { App, AppEnv } from '../http/appEnv.ts';
import { notFound, ProblemError } from '../http/problem.ts';
import { json, jsonBody, noContent, problems } from '../http/responses.ts';
import { addressBuckets, countAttempt } from '../session/attemptLimit.ts';
import { openLink } from '../session/links.ts';
import { requireSession } from '../session/sessions.ts';
import { beginFlow, type FlowStart } from './flows.ts';
import type { ProviderClients } from './providerClient.ts';
import { accessOf, openProvider, type ProviderRow } from './providerRows.ts';
import { redirectUri } from './redirectUri.ts';
import { signInFailure } from './signInFailure.ts';

/** Per address, where an office may begin a day together. Each start is a row, and a question to the provider now and then. */
const limit = { free: 100, longestMs: 60_000 } as const;

const ProviderParams = z.object({ provider: z.string().max(100) });

const startByLink = createRoute({
  method: 'get',
  path: '/api/v1/sign-in/{provider}/start',
  tags: ['Session'],
  summary: 'Go to a provider to sign in',
  security: [],
  description: 'For links, such as those that a provider’s own page of applications has.',
  request: { params: ProviderParams, query: z.object({ to: z.string().max(2000).optional() }) },
  responses: {
    303: noContent('To the provider, or back to the sign-in page where that isn’t possible.'),
    ...problems(429),
  },
});

const start = createRoute({
  method: 'post',
  path: '/api/v1/sign-in/{provider}/start',
  tags: ['Session'],
  summary: 'Begin to sign in by a provider',
  security: [{}, { session: [] }],
  description: 'Sets a cookie that has to come back with the provider’s answer, within ten minutes.',
  request: { params: ProviderParams, body: jsonBody(SignInStart) },
  responses: {
    200: json(SignInStarted, 'Where to send the browser.'),
    ...problems(401, 403, 404, 422, 429, 503),
  },
});

export function registerStartSignIn(app: App, deps: Deps, clients: ProviderClients): void {
  const { db, clock, log } = deps;

  const begin = async (c: Context<AppEnv>, provider: ProviderRow, flow: Omit<FlowStart, 'providerId'>) => {
    const { config } = await clients.connect(await accessOf(deps.secretBox, provider));
    const { state, nonce, challenge } = await beginFlow(c, deps, { ...flow, providerId: provider.id });
    return buildAuthorizationUrl(config, {
      redirect_uri: redirectUri(deps.settings),
      scope: provider.scopes,
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }).href;
  };
  const count = (c: Context<AppEnv>) =>
    countAttempt(db, clock, addressBuckets('sign-in-start', c.env?.remoteAddress, limit));

  app.openapi(startByLink, async (c) => {
    await count(c);
    const { provider: id } = c.req.valid('param');
    const returnTo = safeDestination(c.req.valid('query').to);
    const failed = (problem: string) =>
      c.redirect(`/sign-in?${new URLSearchParams({ problem, to: returnTo })}`, 303);
    const provider = await openProvider(db, id).catch(() => null);
    if (!provider) return failed('provider_off');
    try {
      return c.redirect(await begin(c, provider, { returnTo, invitationId: null, linkUserId: null }), 303);
    } catch (error) {
      return failed(signInFailure(log, provider, error));
    }
  });

  app.openapi(start, async (c) => {
    await count(c);
    const { to, invitation, link } = c.req.valid('json');
    const provider = await openProvider(db, c.req.valid('param').provider);
    const invitationId = invitation === undefined ? null : await invitationFor(deps, provider, invitation);
    const linkUserId = link ? await linkingMember(c, deps, provider) : null;
    try {
      const returnTo = link ? '/account' : safeDestination(to);
      return c.json({ url: await begin(c, provider, { returnTo, invitationId, linkUserId }) }, 200);
    } catch (error) {
      throw new ProblemError({
        status: 503,
        code: signInFailure(log, provider, error),
        title: `${provider.name} can’t be used to sign in right now. Try again later, or sign in another way. The server’s log says why.`,
      });
    }
  });
}

/** An invitation leads into its own team: another team’s provider doesn’t speak for it. */
async function invitationFor(deps: Deps, provider: ProviderRow, text: string): Promise<string> {
  const token = await openLink(deps, deps.db, 'invitation', text);
  if (token.team_id !== provider.team_id) throw notFound('provider');
  return token.id;
}

/** Whose account it is linked with: somebody who is signed in, and in the provider’s team. */
async function linkingMember(c: Context<AppEnv>, { db }: Deps, provider: ProviderRow): Promise<string> {
  const { userId } = requireSession(c);
  const member = await db
    .selectFrom('member')
    .select('user_id')
    .where('team_id', '=', provider.team_id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!member) throw notFound('provider');
  return userId;
}
