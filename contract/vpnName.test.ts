import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVpnName, vpnSlug } from './vpnName.ts';

test.each([
  ['Company data center', 'Company data center'],
  ['a', 'a'],
  ['7', '7'],
  ['prod_eu-west.1', 'prod_eu-west.1'],
  ['Zürich', 'Zürich'],
  ['Zu\u0308rich', 'Zürich'],
  ['東京 2', '東京 2'],
  ['हिन्दी', 'हिन्दी'],
  ['  Office   Berlin ', 'Office Berlin'],
  ['x'.repeat(63), 'x'.repeat(63)],
])('%j is the name %j', (text, name) => {
  expect(checkVpnName(text)).toEqual({ ok: true, value: name, warnings: [] });
});

const allowed = 'Use letters, digits, blanks, dots, underscores and dashes.';
test.each([
  ['', 'name_empty', 'Enter a name.', undefined],
  ['   ', 'name_empty', 'Enter a name.', undefined],
  ['x'.repeat(64), 'name_long', 'The name has 64 characters. Use at most 63.', undefined],
  ['a/b', 'name_character', `“a/b” holds “/”. ${allowed}`, undefined],
  ["it's", 'name_character', `“it's” holds “'”. ${allowed}`, undefined],
  ['a\nb', 'name_character', `“a‹U+000A›b” holds a line break. ${allowed}`, undefined],
  ['a\u202eb', 'name_character', `“a‹U+202E›b” holds an invisible character (U+202E). ${allowed}`, undefined],
  ['🚀', 'name_character', `“🚀” holds “🚀” (U+1F680). ${allowed}`, undefined],
  ['-a', 'name_end', '“-a” has to start and end with a letter or a digit, not with “-”.', 'a'],
  ['a.', 'name_end', '“a.” has to start and end with a letter or a digit, not with “.”.', 'a'],
  ['...', 'name_end', '“...” has to start and end with a letter or a digit, not with “.”.', undefined],
  ['vpn_abc', 'name_like_id', 'A name can’t start with “vpn_”: that is how ids look.', 'vpn-abc'],
  ['VPN_abc', 'name_like_id', 'A name can’t start with “VPN_”: that is how ids look.', 'VPN-abc'],
])('%j is refused as %s', (text, code, message, suggestion) => {
  const result = checkVpnName(text);
  expect(result).toMatchObject({ ok: false, refusal: { code, message } });
  expect(result.ok ? undefined : result.refusal.suggestion).toBe(suggestion);
});

test('an accepted name stays as it is, and every suggestion is accepted', () => {
  const pieces = fc.constantFrom('a', 'ü', '7', ' ', '.', '-', '_', 'vpn', '/', '\n', '東');
  const nearly = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string({ unit: 'binary' })), (text) => {
      const result = checkVpnName(text);
      const name = result.ok ? result.value : result.refusal.suggestion;
      if (name !== undefined) expect(checkVpnName(name)).toEqual({ ok: true, value: name, warnings: [] });
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['Company data center', 'company-data-center'],
  ['Zürich_Lab 2', 'zurich-lab-2'],
  ['東京', 'vpn'],
  ['-- --', 'vpn'],
  ['', 'vpn'],
])('%j becomes %s in configuration files', (name, slug) => expect(vpnSlug(name)).toBe(slug));
