import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Pipeline, PipelineContext } from './pipeline.ts';

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabPipeline({ env, clock }: PipelineContext): Pipeline {
  const request = env['CI_MERGE_REQUEST_IID'];
  const startedAt = Date.parse(env['CI_JOB_STARTED_AT'] ?? '');
  return {
    repository: env['CI_PROJECT_PATH'] || null,
    change: request ? `!${request}` : env['CI_COMMIT_REF_NAME'] || null,
    runningForSeconds: Number.isNaN(startedAt) ? 0 : Math.max(0, (clock.now() - startedAt) / 1000),
    identityToken: async () => {
      const token = env['CULVERT_ID_TOKEN'];
      if (token) return token;
      throw new CliError('This job has no identity token from GitLab.', {
        exit: exitCodes.signIn,
        code: 'no_identity_token',
        advice:
          'Add “id_tokens: { CULVERT_ID_TOKEN: { aud: <the server’s address> } }” to the job, or set CULVERT_TOKEN.',
      });
    },
  };
}
