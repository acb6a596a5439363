import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPreSharedKey, generatePreSharedKey, PSK_MAX_BYTES } from './preSharedKey.ts';

const good = 'k3Yw8JQ2mVn5Tz7RbX4c';

test('a good key is taken exactly as it is, without a word', () => {
  expect(checkPreSharedKey(good)).toEqual({ ok: true, value: good, warnings: [] });
});

test.each([
  [
    ` ${good}`,
    'psk_blank',
    'The key starts or ends with a blank. It counts as part of the key, and gateways may drop it.',
  ],
  [
    `${good}ü`,
    'psk_not_ascii',
    'The key holds “ü” (U+00FC). Gateways differ in how they encode it: use ASCII characters only.',
  ],
  [
    `${good}\u200b`,
    'psk_not_ascii',
    'The key holds an invisible character (U+200B). Gateways differ in how they encode it: use ASCII characters only.',
  ],
  ['hunter2', 'psk_short', 'Keys under 20 characters can be guessed. Generate one instead.'],
  [
    `0x${good}`,
    'psk_encoded',
    'strongSwan reads a key that starts with 0x as hexadecimal on the gateway, but here it is plain text.',
  ],
  [
    `0s${good}`,
    'psk_encoded',
    'strongSwan reads a key that starts with 0s as Base64 on the gateway, but here it is plain text.',
  ],
  [`${good}"`, 'psk_quote', 'The key holds a double quote, which can’t be written in ipsec.secrets.'],
])('%j is accepted with the warning %s', (text, code, message) => {
  expect(checkPreSharedKey(text)).toEqual({ ok: true, value: text, warnings: [{ code, message }] });
});

describe('refusals', () => {
  test.each([
    ['', 'psk_empty', 'Enter the pre-shared key.', undefined],
    ['  ', 'psk_only_blanks', 'The key holds nothing but blanks.', undefined],
    [`${good}\n`, 'psk_line_break', 'The key holds a line break, often from copying. Remove it.', good],
    [`${good}\r\n`, 'psk_line_break', 'The key holds a line break, often from copying. Remove it.', good],
    [`a\n${good}`, 'psk_line_break', 'The key holds a line break, often from copying. Remove it.', undefined],
    [
      `${good}\0`,
      'psk_control',
      'The key holds a control character (U+0000), which gateways don’t take.',
      undefined,
    ],
    [`${good}\t`, 'psk_control', 'The key holds a tab, which gateways don’t take.', undefined],
    [`${good}\ud800`, 'psk_broken', 'The key holds half of a character. Paste it again.', undefined],
    ['x'.repeat(257), 'psk_long', 'The key has 257 bytes. Use at most 256.', undefined],
    ['ü'.repeat(129), 'psk_long', 'The key has 258 bytes. Use at most 256.', undefined],
  ])('%j: %s', (text, code, message, suggestion) => {
    const result = checkPreSharedKey(text);
    expect(result).toMatchObject({ ok: false, refusal: { code, message } });
    expect(result.ok ? undefined : result.refusal.suggestion).toBe(suggestion);
  });

  test('never repeat the key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (key) => {
        const result = checkPreSharedKey(`${key}\u0007`);
        expect(JSON.stringify(result.ok ? result.warnings : result.refusal.message)).not.toContain(key);
      }),
    );
  });
});

test('the longest key is accepted', () => {
  expect(checkPreSharedKey('x'.repeat(PSK_MAX_BYTES)).ok).toBe(true);
});

describe('generatePreSharedKey', () => {
  test('makes 32 letters and digits, not starting with 0, that raise no warning', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (bytes) => {
        const key = generatePreSharedKey((count) => Uint8Array.from(bytes.take(count)));
        expect(key).toMatch(/^[1-9A-Za-z][0-9A-Za-z]{31}$/);
      }),
      { numRuns: 50 },
    );
  });

  test('uses each character for the same number of bytes, and skips a leading 0', () => {
    const all = Array.from({ length: 256 }, (_, byte) => byte);
    let asked = 0;
    const keys = all.map((byte) =>
      generatePreSharedKey((count) => {
        asked += 1;
        // The byte under test, then ones that are certainly used, so that bytes which are skipped show.
        return asked % 2 === 1 ? Uint8Array.of(byte) : new Uint8Array(count).fill(1);
      }).charAt(0),
    );
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    expect(counts.has('0')).toBe(false);
    counts.delete('B');
    expect([...new Set(counts.values())]).toEqual([4]);
    expect(counts.size).toBe(60);
  });
});
