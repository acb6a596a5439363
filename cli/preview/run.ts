import type { Preview, PreviewIsUp } from '../../contract/previews.ts';
import { apiPath } from '../api.ts';
import { CliError } from '../cliError.ts';
import type { Invocation } from '../invocation.ts';
import type { PreviewConnection } from './connectPreviews.ts';
import { leaveHere } from './joinHere.ts';
import { whatExists } from './previewText.ts';

/** Seconds. GitHub’s runners end a cancelled step 7.5 s after the first signal. */
const LAST_WORDS = 3;
const END_OF_MESSAGE = 500;

/** One run of `up`: the server is told how it ended, whichever way that is. */
export type Run = {
  invocation: Invocation;
  connection: PreviewConnection;
  answer: PreviewIsUp;
  /** Whether this machine may have become a replica. */
  joined: boolean;
};

/** Does the work of a run and says how it ended. What it throws is thrown on, after what exists was said. */
export async function carryOut<Result>(run: Run, work: () => Promise<Result>): Promise<Result> {
  try {
    const result = await work();
    await sayEnd(run, { result: 'succeeded' });
    return result;
  } catch (error) {
    await sayFailure(run, error);
    throw error;
  }
}

async function sayFailure(run: Run, error: unknown): Promise<void> {
  const { context, out } = run.invocation;
  const cancelled = context.signal.aborted;
  const code = cancelled ? 'cancelled' : error instanceof CliError ? error.code : 'error';
  const message = cancelled
    ? 'The job was cancelled.'
    : error instanceof Error
      ? error.message
      : String(error);
  if (cancelled) out.say('Cancelled.');
  const { connection, answer } = run;
  const [preview] = await Promise.all([
    connection
      .lastWords(LAST_WORDS)
      .get<Preview>(apiPath`/${answer.preview.id}`)
      .catch(() => answer.preview),
    sayEnd(run, { result: 'failed', code, message: message.slice(0, END_OF_MESSAGE) }),
    run.joined ? leaveAfter(run) : undefined,
  ]);
  out.say(whatExists(preview));
}

/** A run whose end isn’t heard of becomes a failed one by itself: this is no reason to fail. */
async function sayEnd(
  { connection, answer }: Run,
  end: { result: 'succeeded' } | { result: 'failed'; code: string; message: string },
): Promise<void> {
  await connection
    .lastWords(LAST_WORDS)
    .patch(apiPath`/${answer.preview.id}/runs/${answer.run}`, end)
    .catch(() => undefined);
}

/** Once interrupted, requests of this invocation end at once: what leaving needs is asked for beside it. */
async function leaveAfter({ invocation, connection }: Run): Promise<void> {
  const signal = AbortSignal.timeout(LAST_WORDS * 1000);
  const context = { ...invocation.context, signal };
  await leaveHere({ ...invocation, context }, connection.server).catch((error: unknown) => {
    invocation.out.say(error instanceof Error ? error.message : String(error));
  });
}
