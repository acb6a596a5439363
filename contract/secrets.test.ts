import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSecretName, checkSecretValue, SECRET_MAX_BYTES } from './secrets.ts';

test.each([
  ['DATABASE_URL', 'DATABASE_URL'],
  [' database_url ', 'DATABASE_URL'],
  ['_1', '_1'],
  ['PATHS', 'PATHS'],
  ['MY_LD_PRELOAD', 'MY_LD_PRELOAD'],
])('the name “%s” is taken as %s', (text, value) => {
  expect(checkSecretName(text)).toMatchObject({ ok: true, value });
});

test.each([
  ['', 'secret_name_missing', undefined],
  ['   ', 'secret_name_missing', undefined],
  ['api-key', 'secret_name_characters', 'API_KEY'],
  ['A B', 'secret_name_characters', 'A_B'],
  ['A=B', 'secret_name_characters', 'A_B'],
  ['A\nB', 'secret_name_characters', 'A_B'],
  ['1a-b', 'secret_name_characters', '_1A_B'],
  ['ſECRET', 'secret_name_characters', undefined],
  ['1PASSWORD', 'secret_name_digit', '_1PASSWORD'],
  ['A'.repeat(129), 'secret_name_long', undefined],
  ['PATH', 'secret_name_taken', 'APP_PATH'],
  ['path', 'secret_name_taken', 'APP_PATH'],
  ['LD_PRELOAD', 'secret_name_taken', 'APP_LD_PRELOAD'],
  ['NODE_OPTIONS', 'secret_name_taken', 'APP_NODE_OPTIONS'],
  ['BASH_ENV', 'secret_name_taken', 'APP_BASH_ENV'],
  ['PS1', 'secret_name_taken', 'APP_PS1'],
  ['UID', 'secret_name_taken', 'APP_UID'],
  ['_', 'secret_name_taken', 'APP__'],
  ['CULVERT_TOKEN', 'secret_name_taken', 'APP_CULVERT_TOKEN'],
  ['github_token', 'secret_name_taken', 'APP_GITHUB_TOKEN'],
])('the name “%s” is refused: %s', (text, code, suggestion) => {
  expect(checkSecretName(text)).toMatchObject({
    ok: false,
    refusal: { code, ...(suggestion === undefined ? {} : { suggestion }) },
  });
});

test('what is suggested for a name is taken', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20, unit: 'binary' }), (text) => {
      const checked = checkSecretName(text);
      if (checked.ok || checked.refusal.suggestion === undefined) return;
      const again = checkSecretName(checked.refusal.suggestion);
      expect(again.ok).toBe(true);
    }),
  );
});

describe('a value', () => {
  test.each(['x', ' ', 'two\nlines', `quotes ' " \``, '$HOME \\ %s', 'ü🔑', 'a'.repeat(SECRET_MAX_BYTES)])(
    'may be any text',
    (text) => {
      expect(checkSecretValue(text)).toMatchObject({ ok: true, value: text });
    },
  );

  test.each([
    ['', 'secret_value_missing'],
    ['a\0b', 'secret_value_nul'],
    ['a'.repeat(SECRET_MAX_BYTES + 1), 'secret_value_long'],
    ['ü'.repeat(SECRET_MAX_BYTES / 2 + 1), 'secret_value_long'],
  ])('is refused where no environment could hold it', (text, code) => {
    expect(checkSecretValue(text)).toMatchObject({ ok: false, refusal: { code } });
  });
});
