import type { FieldError, FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import { ApiProblem } from './problem.ts';

/**
 * Puts the server's refusals on the fields they concern; what concerns none of them becomes `errors.root.server`, to be
 * shown above the form's buttons. What was typed stays. `fieldOf` maps a refusal's path (`ike.proposals.0`) to the field
 * that shows it (`ike.proposals`), or to undefined where the form has none. A field that several refusals concern holds
 * them all in `types`, by path. Returns what stands above the buttons, too.
 */
export function showProblem<Values extends FieldValues>(
  error: Error,
  setError: UseFormSetError<Values>,
  fieldOf: (path: string) => FieldPath<Values> | undefined,
): string | undefined {
  const refused = error instanceof ApiProblem ? error.errors : [];
  const rest: string[] = [];
  const shown = new Map<FieldPath<Values>, FieldError>();
  for (const { path, code, message } of refused) {
    const field = fieldOf(path);
    if (field === undefined) {
      rest.push(message);
      continue;
    }
    const first = shown.get(field);
    shown.set(field, { type: code, message, ...first, types: { ...first?.types, [path]: message } });
  }
  for (const [index, [field, problem]] of [...shown].entries()) {
    setError(field, problem, { shouldFocus: index === 0 });
  }
  const whole = rest.length > 0 ? rest.join(' ') : shown.size === 0 ? error.message : undefined;
  if (whole !== undefined) setError('root.server', { message: whole });
  return whole;
}

/** For forms whose fields have the names of the request's body. */
export const sameName =
  <const Field extends string>(...fields: Field[]) =>
  (path: string): Field | undefined =>
    fields.find((field) => path === field || path.startsWith(`${field}.`));
