import type { IncomingMessage } from 'node:http';
import { agentClose } from '../contract/agentConnection.ts';
import type { Problem } from '../contract/problems.ts';
import { objectOf, text } from './shapes.ts';

const isProblem = objectOf<Pick<Problem, 'code' | 'title'>>({ code: text, title: text });

const longestBody = 16 * 1024;
const bodyMs = 5_000;

/** An answer that is no upgrade: the problem's code (null when it isn't a problem document), and a sentence for the log. */
export async function readRefusal(response: IncomingMessage): Promise<{ code: string | null; text: string }> {
  const status = response.statusCode ?? 0;
  const problem = await readJson(response);
  if (!isProblem(problem)) {
    return { code: null, text: `No Culvert server answers at this address (HTTP status ${status}).` };
  }
  const code = status === 401 ? problem.code : null;
  if (code === 'token_unknown') return { code, text: 'The server doesn’t know this agent’s join token.' };
  return {
    code,
    text: `The server refused the connection: ${problem.title} (${status}, ${problem.code}).`,
  };
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  const timer = setTimeout(() => response.destroy(), bodyMs);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) return null;
      size += chunk.length;
      if (size > longestBody) return null;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Why no connection came about. A name with several addresses fails with one error for each and no text of its own. */
export function unreachableText(error: Error): string {
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return `The server can’t be reached: ${first.message}.`;
}

/** Why a connection ended, by its close code (RFC 6455 section 7.4, and the protocol's own). */
export function closedText(code: number): string {
  switch (code) {
    case agentClose.restart:
      return 'The server restarts.';
    case agentClose.violation:
      return 'The server and this agent don’t understand each other: is the agent as new as the server?';
    case 1006:
      return 'The connection to the server was lost.';
    default:
      return `The server closed the connection (code ${code}).`;
  }
}
