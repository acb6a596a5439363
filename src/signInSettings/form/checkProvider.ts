import type { FieldErrors, Resolver } from 'react-hook-form';
import { SignInProviderSave } from '../../../contract/signInProviders.ts';
import { toSave, type ProviderValues } from './values.ts';

/** The field of the form that shows a refusal; undefined: it stands above the buttons. */
export const fieldOf = (path: string): keyof ProviderValues | undefined => {
  const [first = ''] = path.split('.');
  return isField(first) ? first : undefined;
};

const fields: ReadonlySet<string> = new Set<keyof ProviderValues>([
  'name',
  'issuer',
  'clientId',
  'clientSecret',
  'scopes',
  'admittedDomains',
  'role',
  'groupsClaim',
  'adminGroups',
  'enabled',
  'passwordSignIn',
  'localAdmin',
]);
const isField = (name: string): name is keyof ProviderValues => fields.has(name);

/** The form of each field, by the server’s own rules. What only the server knows it says when it is asked to save. */
export const resolveProvider: Resolver<ProviderValues> = (values) => {
  const checked = SignInProviderSave.safeParse(toSave(values));
  if (checked.success) return { values, errors: {} };
  const errors: FieldErrors<ProviderValues> = {};
  for (const { path, message } of checked.error.issues) {
    const field = fieldOf(path.join('.'));
    if (field !== undefined && errors[field] === undefined) {
      Object.assign(errors, { [field]: { type: 'check', message } });
    }
  }
  return { values: {}, errors };
};
