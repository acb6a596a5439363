import type { Ref } from '../../contract/lists.ts';
import type { PipelineTokenCreated } from '../../contract/pipelines/pipelines.ts';
import { createApi, type Api } from '../api.ts';
import { ApiError, usageError } from '../cliError.ts';
import { chosenServer } from '../connection.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Invocation } from '../invocation.ts';
import { findPipeline, type Pipeline } from './pipeline.ts';

/** The previews of a team, for a job or a person. */
export type PreviewConnection = {
  /** Origin of the server. */
  server: string;
  team: Ref;
  /** Everything below `/teams/{team}/previews`. */
  previews: Api;
  /** The same once somebody has interrupted, for a last word within these seconds. */
  lastWords(seconds: number): Api;
  /** The job that this runs in; null: none that is known. */
  pipeline: Pipeline | null;
  /** Of a job that showed its identity token: what repository it is of. null: somebody’s API token, which may name any. */
  repository: Ref | null;
};

/**
 * Signs in: with CULVERT_TOKEN where there is one, in a pipeline with its identity token, else as who has signed in on this machine.
 *
 * @throws CliError (sign in) where there is none of them, ApiError where the server doesn’t trust the job, with what would admit it
 */
export async function connectPreviews({
  context,
  common,
  out,
  connect,
}: Invocation): Promise<PreviewConnection> {
  const pipeline = await findPipeline(context);
  if (pipeline === null || context.env['CULVERT_TOKEN']?.trim()) {
    const { server, team, token } = await connect();
    return connection(context, { server, team, token, pipeline, repository: null });
  }
  const server = await chosenServer(context, common);
  if (server === null) {
    throw usageError('Say which server: --server https://culvert.example.com, or CULVERT_SERVER.');
  }
  const idToken = await pipeline.identityToken(server);
  const { token, team, repository } = await exchange(
    createApi(context, server, null),
    idToken,
    common.team || null,
  );
  out.say(`Signed in to ${server} as a pipeline of ${repository.name}, for ${team.name}.`);
  return connection(context, { server, team, token, pipeline, repository });
}

type Found = Pick<PreviewConnection, 'server' | 'team' | 'pipeline' | 'repository'> & { token: string };

function connection(context: Invocation['context'], { token, ...found }: Found): PreviewConnection {
  const path = `/teams/${encodeURIComponent(found.team.id)}/previews`;
  return {
    ...found,
    previews: createApi(context, found.server, token).below(path),
    lastWords: (seconds) =>
      createApi(
        { fetch: context.fetch, signal: AbortSignal.timeout(seconds * 1000) },
        found.server,
        token,
      ).below(path),
  };
}

/** A refusal says itself what would admit the job: what people do who sign in is no advice here. */
async function exchange(api: Api, idToken: string, team: string | null): Promise<PipelineTokenCreated> {
  try {
    return await api.post<PipelineTokenCreated>('/pipeline-tokens', { idToken, team });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { problem, message } = error;
    const exit = problem.status === 401 ? exitCodes.signIn : error.exit;
    throw new ApiError(problem, { message, exit });
  }
}
