import type { Context } from '../context.ts';
import { bitbucketPipeline } from './bitbucketPipeline.ts';
import { githubPipeline } from './githubPipeline.ts';
import { gitlabPipeline } from './gitlabPipeline.ts';

/** What a job knows about itself from its provider's environment. */
export type Pipeline = {
  /** As people read it: `octo/app`; null where the provider doesn't say. */
  repository: string | null;
  /** `#12`, `!12` or a branch. No branch of GitHub's or Bitbucket's is taken for a pull request: theirs may not begin with `#` there. */
  change: string | null;
  /** How long ago the job began, in seconds; 0 where the provider doesn't say. */
  runningForSeconds: number;
  /**
   * Gets the token that proves which job this is, made out to the server's address.
   *
   * @throws CliError (sign in) where the job isn't allowed one, with what to add to its file
   */
  identityToken(audience: string): Promise<string>;
};

export type PipelineContext = Pick<Context, 'env' | 'fetch' | 'readFile' | 'clock' | 'signal'>;

/** The pipeline that this command runs in; null: none that is known. */
export async function findPipeline(context: PipelineContext): Promise<Pipeline | null> {
  const { env } = context;
  if (env['GITHUB_ACTIONS'] === 'true') return await githubPipeline(context);
  if (env['GITLAB_CI'] === 'true') return gitlabPipeline(context);
  if (env['BITBUCKET_BUILD_NUMBER']) return bitbucketPipeline(context);
  return null;
}
