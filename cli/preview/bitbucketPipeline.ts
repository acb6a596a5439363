import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Pipeline, PipelineContext } from './pipeline.ts';

/** https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
export function bitbucketPipeline({ env, clock }: PipelineContext): Pipeline {
  const request = env['BITBUCKET_PR_ID'];
  const token = env['BITBUCKET_STEP_OIDC_TOKEN'];
  const issuedAt = token ? issuedAtOf(token) : null;
  return {
    repository: env['BITBUCKET_REPO_FULL_NAME'] || null,
    change: request ? `#${request}` : env['BITBUCKET_BRANCH'] || env['BITBUCKET_TAG'] || null,
    // Its token is made when the step starts, and is all that says when that was.
    runningForSeconds: issuedAt === null ? 0 : Math.max(0, clock.now() / 1000 - issuedAt),
    identityToken: async () => {
      if (token) return token;
      throw new CliError('This step has no identity token from Bitbucket.', {
        exit: exitCodes.signIn,
        code: 'no_identity_token',
        advice: 'Add “oidc: { audiences: [<the server’s address>] }” to the step, or set CULVERT_TOKEN.',
      });
    },
  };
}

/** Seconds since the epoch. Only the server verifies the token. */
function issuedAtOf(token: string): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof claims !== 'object' || claims === null || !('iat' in claims)) return null;
    return typeof claims.iat === 'number' ? claims.iat : null;
  } catch {
    return null;
  }
}
