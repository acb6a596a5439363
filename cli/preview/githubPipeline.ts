import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Pipeline, PipelineContext } from './pipeline.ts';

/** https://docs.github.com/actions/reference/workflows-and-actions/variables */
export async function githubPipeline(context: PipelineContext): Promise<Pipeline> {
  const { env } = context;
  return {
    repository: env['GITHUB_REPOSITORY'] || null,
    change: await changeOf(context),
    // A run has a number that grows, which its token says.
    runningForSeconds: 0,
    identityToken: (audience) => requestToken(context, audience),
  };
}

/** Of a pull request that was merged GITHUB_REF is the base branch: only the event says its number then. */
async function changeOf({ env, readFile }: PipelineContext): Promise<string | null> {
  const path = env['GITHUB_EVENT_PATH'];
  const event: unknown = path ? await readFile(path).then(JSON.parse, () => null) : null;
  if (typeof event === 'object' && event !== null && 'pull_request' in event) {
    const pull = event.pull_request;
    if (typeof pull === 'object' && pull !== null && 'number' in pull && Number.isInteger(pull.number)) {
      return `#${String(pull.number)}`;
    }
  }
  const [, number] = /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '') ?? [];
  return number === undefined ? env['GITHUB_REF_NAME'] || null : `#${number}`;
}

async function requestToken({ env, fetch, signal }: PipelineContext, audience: string): Promise<string> {
  const address = URL.parse(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
  const secret = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (address === null || !secret) {
    throw new CliError('This job gets no identity token from GitHub.', {
      exit: exitCodes.signIn,
      code: 'no_identity_token',
      advice:
        'Add “permissions: id-token: write” to the workflow. Pull requests from forks never get one; for those set CULVERT_TOKEN.',
    });
  }
  address.searchParams.set('audience', audience);
  const response = await fetch(address.href, {
    headers: { authorization: `bearer ${secret}`, accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  const answer: unknown = response?.ok === true ? await response.json().catch(() => null) : null;
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'value' in answer &&
    typeof answer.value === 'string'
  ) {
    return answer.value;
  }
  const why = response === null ? 'doesn’t answer' : `answered with ${response.status}`;
  throw new CliError(`GitHub’s endpoint for identity tokens ${why}.`, {
    code: 'identity_token_failed',
    advice: 'Run the job again.',
  });
}
