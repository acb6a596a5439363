import type { Problem } from '../contract/problems.ts';
import { ApiError, CliError } from './cliError.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';

const exitOf: Readonly<Record<number, ExitCode>> = {
  401: exitCodes.signIn,
  403: exitCodes.forbidden,
  404: exitCodes.notFound,
  504: exitCodes.timeout,
};

const adviceOf: Readonly<Record<number, string>> = {
  401: 'Sign in: culvert login',
  412: 'Look at it again, then repeat the change.',
  429: 'Wait a minute, then try again.',
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'title' in value && 'code' in value && 'status' in value;

/** What a server that answered with no success says, as an error for a person. */
export async function refusalOf(server: string, response: Response): Promise<CliError> {
  const { status } = response;
  const text = await response.text().catch(() => '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (!isProblem(value)) {
    return noCulvert(server, String(status));
  }
  const fields = (value.errors ?? [])
    .filter(({ message }) => message !== value.title)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const message = [value.title, value.detail, ...fields].filter((part) => part !== undefined).join('\n');
  const advice = adviceOf[status];
  return new ApiError(value, {
    message,
    exit: exitOf[status] ?? exitCodes.error,
    ...(advice === undefined ? {} : { advice }),
  });
}

/** Something else answers at that address: another program, or a proxy that wants something first. */
export const noCulvert = (server: string, what: string): CliError =>
  new CliError(`${server} answered with ${what}, and not as Culvert does.`, {
    advice: 'Is this the address of a Culvert server? Compare it with the dashboard’s.',
    code: 'not_culvert',
  });

/** Nothing answered at all. */
export function unreachable(server: string, error: unknown): CliError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new CliError(`${server} doesn’t answer.`, { exit: exitCodes.timeout, code: 'timeout' });
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason =
    cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : String(cause);
  return new CliError(`${server} can’t be reached: ${reason}.`, {
    advice: 'Check the address and the network.',
    code: 'unreachable',
  });
}
