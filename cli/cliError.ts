import type { Problem } from '../contract/problems.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';

type Details = {
  exit?: ExitCode;
  /** What to do about it: a second line. */
  advice?: string;
  /** Stable name for `--json`. */
  code?: string;
};

/** Ends a command with one line that says what is wrong, and at most one more that says what to do. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly exit: ExitCode;
  readonly advice: string | undefined;
  readonly code: string;

  constructor(message: string, { exit = exitCodes.error, advice, code = 'error' }: Details = {}) {
    super(message);
    this.exit = exit;
    this.advice = advice;
    this.code = code;
  }
}

/** The command line itself is wrong. */
export const usageError = (message: string, advice?: string): CliError =>
  new CliError(message, {
    exit: exitCodes.usage,
    code: 'usage',
    ...(advice === undefined ? {} : { advice }),
  });

/** The server refused. `problem` is its whole answer, for `--json` and for commands that know what to do about some. */
export class ApiError extends CliError {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem, details: Details & { message: string }) {
    super(details.message, { code: problem.code, ...details });
    this.problem = problem;
  }
}

/** Ends a command with another exit code than 0, after it has said everything itself. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly exit: number;

  constructor(exit: number) {
    super(`ended with ${exit}`);
    this.exit = exit;
  }
}
