import type { Hook } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { FieldProblem } from '../../contract/problems.ts';
import type { AppEnv } from './appEnv.ts';
import { ProblemError, refused } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** zod’s default English for a left-out field speaks of types; people read these. */
const messageOf = (issue: Issue) =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
    ? 'This field is required.'
    : issue.message;

const codeOf = (issue: Issue) =>
  issue.code === 'custom' && typeof issue.params?.['code'] === 'string' ? issue.params['code'] : issue.code;

/** zod’s issues as refused fields, with dotted paths: `ike.proposals.0`. */
export const fieldProblems = (issues: readonly Issue[]): FieldProblem[] =>
  issues.map((issue) => ({ path: issue.path.join('.'), code: codeOf(issue), message: messageOf(issue) }));

/** Answers what a route’s schemas refuse: 422 for the body, 400 for everything else. */
export const refuseInvalid: Hook<unknown, AppEnv, string, void> = (result) => {
  if (result.success) return;
  const errors = fieldProblems(result.error.issues);
  if (result.target === 'json') throw refused(errors);
  throw new ProblemError({
    status: 400,
    code: 'invalid_request',
    title: `The request’s ${result.target} can’t be understood.`,
    errors,
  });
};
