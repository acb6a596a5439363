import { checkSecretName, checkSecretValue } from '../../contract/secrets.ts';
import type { Secret, SecretChange, SecretCreate } from '../../contract/secretsApi.ts';

/** What the form holds. A browser’s text area turns every line break into LF, as a file of a key has it. */
export type SecretValues = {
  name: string;
  value: string;
  delivery: Secret['delivery'];
  scope: 'all' | 'selected';
  workspaces: string[];
  previews: boolean;
};

export const valuesOf = (secret: Secret | undefined): SecretValues => ({
  name: secret?.name ?? '',
  value: '',
  delivery: secret?.delivery ?? 'environment',
  scope: secret === undefined || secret.workspaces === null ? 'all' : 'selected',
  workspaces: secret?.workspaces?.map(({ id }) => id) ?? [],
  previews: secret?.previews ?? false,
});

/** Of an existing secret, an empty value is the one that it has. */
export function checkValues(values: SecretValues, isNew: boolean) {
  const name = isNew ? checkSecretName(values.name) : undefined;
  const value = isNew || values.value !== '' ? checkSecretValue(values.value) : undefined;
  const nobody = values.scope === 'selected' && values.workspaces.length === 0 && !values.previews;
  return {
    workspaces: nobody
      ? { code: 'nobody', message: 'Choose at least one workspace, or all of them.' }
      : undefined,
    name: name?.ok === false ? name.refusal : undefined,
    value: value?.ok === false ? value.refusal : undefined,
  };
}

const reach = ({ scope, workspaces }: SecretValues) => (scope === 'all' ? null : workspaces);

export const createOf = (level: Secret['level'], values: SecretValues): SecretCreate => ({
  level,
  name: values.name,
  value: values.value,
  delivery: values.delivery,
  workspaces: reach(values),
  previews: level === 'team' && values.previews,
});

export const changeOf = (level: Secret['level'], values: SecretValues): SecretChange => ({
  ...(values.value === '' ? {} : { value: values.value }),
  delivery: values.delivery,
  workspaces: reach(values),
  ...(level === 'team' ? { previews: values.previews } : {}),
});
