import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import type { FieldProblem } from '../../contract/problems.ts';
import { ApiProblem } from './problem.ts';

/**
 * Puts the server's refusals on the fields they concern and returns what concerns none of them, to be shown above the
 * form's buttons. What was typed stays. `fieldOf` maps a refusal's path (`ike.proposals.0`) to the field that shows it
 * (`ike.proposals`), or undefined where the form has none.
 */
export function showProblem<Values extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Values>,
  fieldOf: (path: string) => FieldPath<Values> | undefined,
): string | undefined {
  if (!(error instanceof ApiProblem)) return String(error);
  const rest: FieldProblem[] = [];
  let focus = true;
  for (const refused of error.errors) {
    const field = fieldOf(refused.path);
    if (field === undefined) rest.push(refused);
    else {
      setError(field, { type: refused.code, message: refused.message }, { shouldFocus: focus });
      focus = false;
    }
  }
  if (error.errors.length === 0) return error.message;
  return rest.length === 0 ? undefined : rest.map((refused) => refused.message).join(' ');
}

/** For forms whose fields have the names of the request's body. */
export const sameName =
  <Values extends FieldValues>(...fields: FieldPath<Values>[]) =>
  (path: string): FieldPath<Values> | undefined =>
    fields.find((field) => path === field || path.startsWith(`${field}.`));
