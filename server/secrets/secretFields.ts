import type { FieldProblem } from '../../contract/problems.ts';
import type { Result } from '../../contract/result.ts';
import { checkSecretName, checkSecretValue } from '../../contract/secrets.ts';
import type { Secret } from '../../contract/secretsApi.ts';
import { refused } from '../http/problem.ts';

const problemsOf = (path: string, checked: Result<string> | undefined): FieldProblem[] =>
  checked === undefined || checked.ok ? [] : [{ path, ...checked.refusal }];

const notInPreviews: FieldProblem = {
  path: 'previews',
  code: 'secret_not_in_previews',
  message: 'What a pipeline builds gets secrets of the team only, never a member’s own.',
};

/** What is asked of a new secret's fields, and of those that change: what is left out stays as it is. */
export type SecretFields = {
  name?: Result<string>;
  value: string | undefined;
  previews: boolean | undefined;
};

/** @throws 422 with each field that breaks a rule, and never with the value */
export function requireFields(level: Secret['level'], fields: SecretFields): void {
  const { name, value, previews } = fields;
  const problems = [
    ...problemsOf('name', name),
    ...problemsOf('value', value === undefined ? undefined : checkSecretValue(value)),
    ...(level === 'member' && previews === true ? [notInPreviews] : []),
  ];
  if (problems.length > 0) throw refused(problems);
}

/** The name as it is kept. @throws 422 where it isn't one, together with what else is wrong */
export function requireNewFields(
  level: Secret['level'],
  fields: { name: string; value: string; previews: boolean },
): string {
  const name = checkSecretName(fields.name);
  requireFields(level, { ...fields, name });
  if (!name.ok) throw refused([{ path: 'name', ...name.refusal }]);
  return name.value;
}
