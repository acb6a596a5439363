import type { z } from 'zod';
import { Problem } from '../../contract/problems.ts';

/** A JSON answer of a route definition: `responses: { 200: json(Vpn, 'The VPN.') }`. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A required JSON body of a route definition: `request: { body: jsonBody(VpnCreate) }`. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});

/** An answer without a body. */
export const noContent = (description: string) => ({ description });

const meanings = {
  400: 'The request can’t be understood.',
  401: 'Not signed in, or the token is no longer good.',
  403: 'The viewer may see this, but not do that; the title says why.',
  404: 'There is no such thing, or it isn’t the viewer’s.',
  409: 'Not possible as things are now; the title says why.',
  412: 'Somebody else changed it since; `current` is how it is now.',
  422: 'Fields of the body are refused; `errors` names each.',
  428: 'A change needs `If-Match` with the revision it is based on.',
  429: 'Too many attempts; `Retry-After` says when to try again.',
  503: 'A server that has to be asked for this doesn’t answer; the title says which.',
} as const;

type ProblemStatus = keyof typeof meanings;
type ProblemAnswer = ReturnType<typeof problemAnswer>;

const problemAnswer = (status: ProblemStatus) => ({
  description: meanings[status],
  content: { 'application/problem+json': { schema: Problem } },
});

/** Problem answers of a route definition: `...problems(404, 412)`. 500 is possible everywhere and not listed. */
export function problems<Status extends ProblemStatus>(...statuses: Status[]): Record<Status, ProblemAnswer>;
export function problems(...statuses: ProblemStatus[]): Partial<Record<ProblemStatus, ProblemAnswer>> {
  const answers: Partial<Record<ProblemStatus, ProblemAnswer>> = {};
  for (const status of statuses) answers[status] = problemAnswer(status);
  return answers;
}
