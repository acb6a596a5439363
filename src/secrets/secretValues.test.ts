import { expect, test } from 'vitest';
import { changeOf, checkValues, createOf, valuesOf, type SecretValues } from './secretValues.ts';

const typed = (change: Partial<SecretValues> = {}): SecretValues => ({
  ...valuesOf(undefined),
  name: 'DATABASE_URL',
  value: ' two\nlines ',
  ...change,
});

test('what was typed is sent as it is, blanks and all', () => {
  expect(createOf('member', typed({ scope: 'selected', workspaces: ['ws_1'] }))).toEqual({
    level: 'member',
    name: 'DATABASE_URL',
    value: ' two\nlines ',
    delivery: 'environment',
    workspaces: ['ws_1'],
    previews: false,
  });
});

test('a value that is left empty stays what it is; workspaces chosen before don’t count once all are', () => {
  const values = typed({ value: '', workspaces: ['ws_1'], previews: true });
  expect(changeOf('team', values)).toEqual({ delivery: 'environment', workspaces: null, previews: true });
  expect(checkValues(values, false)).toEqual({ name: undefined, value: undefined, workspaces: undefined });
});

test.each([
  ['a value is missing', typed({ value: '' }), 'value', 'secret_value_missing'],
  ['the name isn’t one', typed({ name: 'a b' }), 'name', 'secret_name_characters'],
  ['nobody would get it', typed({ scope: 'selected' }), 'workspaces', 'nobody'],
] as const)('of a new one, %s is said at its field', (_what, values, field, code) => {
  expect(checkValues(values, true)).toMatchObject({ [field]: { code } });
});

test('pipelines alone are somebody', () => {
  expect(checkValues(typed({ scope: 'selected', previews: true }), true).workspaces).toBeUndefined();
});
