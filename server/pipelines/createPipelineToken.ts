import { createRoute } from '@hono/zod-openapi';
import { PipelineTokenCreate, PipelineTokenCreated } from '../../contract/pipelines/pipelines.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { ProblemError } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { addressBuckets, countAttempt, takeAttemptBack } from '../session/attemptLimit.ts';
import { exchange } from './exchange.ts';
import { createIssuerKeys } from './issuerKeys.ts';
import { namesOfVpns } from './vpnNames.ts';

/** Of one address in a quarter of an hour; those that succeed don't count. Hosted runners share few addresses. */
const LIMIT = { free: 60, longestMs: 60_000 };

const create = createRoute({
  method: 'post',
  path: '/api/v1/pipeline-tokens',
  tags: ['Pipelines'],
  summary: 'Exchange a pipeline’s identity token',
  description:
    'For a token of at most an hour that reaches the previews of one team, as the team’s trusted repositories allow. ' +
    'The identity token has to be for this server’s public URL alone. 401 and a code for what is wrong with it; 403 where no ' +
    'rule admits the pipeline, with what a rule would have to say; 503 where its issuer doesn’t answer.',
  security: [],
  request: { body: jsonBody(PipelineTokenCreate) },
  responses: {
    201: json(PipelineTokenCreated, 'The token, which can’t be read again.'),
    ...problems(401, 403, 409, 422, 429, 503),
  },
});

export function registerPipelineTokens(app: App, deps: Deps): void {
  const keys = createIssuerKeys(deps);

  app.openapi(create, async (c) => {
    const { db, clock } = deps;
    const buckets = addressBuckets('pipeline-token', c.env?.remoteAddress, LIMIT);
    await countAttempt(db, clock, buckets);
    try {
      const { token, expiresAt, admitted } = await exchange({ ...deps, keys }, c.req.valid('json'));
      const { team, identity, rule } = admitted;
      const vpns = rule.vpns === null ? null : await namesOfVpns(db, team.id, rule.vpns);
      await takeAttemptBack(db, buckets);
      return c.json({ token, expiresAt, team, repository: identity.repository, vpns }, 201);
    } catch (error) {
      // Not the pipeline’s fault.
      if (error instanceof ProblemError && error.problem.status === 503) await takeAttemptBack(db, buckets);
      throw error;
    }
  });
}
