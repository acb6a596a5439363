import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPreSharedKey } from '../preSharedKey.ts';
import { conn, connectionOf, imported, lineOf, swanctl } from './imported.testing.ts';

const base64 = (key: string) => `0s${Buffer.from(key).toString('base64')}`;
const hex = (key: string) => `0x${Buffer.from(key).toString('hex')}`;
const withSecrets = (...lines: string[]) => `${conn('left=1.2.3.4')}\n${lines.join('\n')}`;

describe('ipsec.secrets among the lines', () => {
  test.each([
    [': PSK "twenty characters here"', 'twenty characters here'],
    [': PSK \'it has "quotes" in it\'', 'it has "quotes" in it'],
    ['1.2.3.4 %any : PSK plainWithoutQuotes', 'plainWithoutQuotes'],
    ['1.2.3.4 %any: PSK plain#notAComment', 'plain#notAComment'],
    [': PSK two words', 'two'],
    [`: PSK ${base64('pa"ss #}\' word')}`, 'pa"ss #}\' word'],
    [`: PSK ${hex('Grüße')}`, 'Grüße'],
    [': PSK "0sAAAA"', '0sAAAA'],
    [': PSK 0sAAAA', null],
    [': PSK 0s!', null],
    [': PSK 0xff', null],
    [': PSK 0xfg', null],
    [': PSK "never closed', null],
    [': PSK ""', null],
    [': PSK', null],
    [`: PSK ${'k'.repeat(257)}`, null],
    [': PSK "<pre-shared key>"', null],
    [': RSA gw.pem', null],
    ['bob : EAP "password"', null],
  ])('%s', (line, key) => expect(connectionOf(withSecrets(line)).preSharedKey).toBe(key));

  test('the key that names the gateway counts more than the one for anybody', () => {
    const both = [': PSK "for everybody else"', '1.2.3.4 %any : PSK "for this gateway"'];
    expect(connectionOf(withSecrets(...both)).preSharedKey).toBe('for this gateway');
    expect(connectionOf(withSecrets(...both.toReversed())).preSharedKey).toBe('for this gateway');
    const others = ['5.6.7.8 : PSK "for another"', '9.9.9.9 : PSK "for a third"'];
    expect(connectionOf(withSecrets(...others)).preSharedKey).toBe(null);
  });
});

test('a key of another gateway is taken where it is the only one, with a word on whose it is', () => {
  const text = withSecrets('5.6.7.8 @gw.example.com %any : PSK "a key for another gateway"');
  expect(connectionOf(text).preSharedKey).toBe('a key for another gateway');
  expect(lineOf(text, '5.6.7.8')).toMatchObject({
    verdict: 'mapped',
    field: 'preSharedKey',
    note: 'This key is for 5.6.7.8, gw.example.com, which this connection’s gateway isn’t called. Check that it is the right one.',
  });
  expect(lineOf(withSecrets('1.2.3.4 : PSK "a key of this gateway"'), '1.2.3.4 :').verdict).toBe(
    'understood',
  );
});

describe('secrets of swanctl.conf', () => {
  const withSecret = (...settings: string[]) =>
    `${swanctl('local_addrs = 1.2.3.4')}\nsecrets {\n ike-office {\n${settings.join('\n')}\n }\n}`;
  test.each([
    ['secret = "a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    ['secret = plain words here', 'plain words here'],
    [`secret = "${base64('pa"ss #}\' word')}"`, 'pa"ss #}\' word'],
    [`secret = ${hex('secret key')}`, 'secret key'],
    ['secret = "two\nlines"', null],
    ['secret = "never closed', null],
  ])('%j', (line, key) => expect(connectionOf(withSecret(line)).preSharedKey).toBe(key));
});

describe('no line shows a key', () => {
  const key = 'R5v8pQz2mLw9Tc4KdXj7Ne';
  test.each([
    withSecrets(`: PSK "${key}"`),
    withSecrets(`: PSK ${key} # ${key}`),
    withSecrets(`: PSK ${base64(key)}`),
    withSecrets(`# : PSK "${key}"`),
    withSecrets(`bob : EAP "${key}"`),
    withSecrets(`: XAUTH ${key}`),
    withSecrets(`@bob : PSK "${key}`),
    withSecrets(`  psk="${key}"`),
    withSecrets(`pre-shared-key address 0.0.0.0 key ${key}`),
    withSecrets(`: PSK "${key}\u2028"`),
    withSecrets(`: PSK x\u2029: PSK "${key}"`),
    withSecrets('-----BEGIN RSA PRIVATE KEY-----', key, '-----END RSA PRIVATE KEY-----'),
    `${swanctl('')}\nsecrets { ike-a { secret = "${key}" } eap-b { secret = ${key} } }`,
    `${swanctl('')}\nsecrets { ike-a { secret = "first\n${key}\n" } }`,
    `${swanctl('')}\nsecrets { ike-a { secret = "${key}`,
    `${swanctl('')}\nsecrets { ike-a {\n# secret = "${key}"\n secret = other } }`,
    `${swanctl('')}\nsecrets { pkcs8-a { secret = ${key} ${key} } }`,
  ])('%j', (text) => {
    const { lines } = imported(text);
    expect(JSON.stringify(lines)).not.toContain(key);
    expect(JSON.stringify(lines)).not.toContain(Buffer.from(key).toString('base64').slice(0, 20));
  });

  test('whatever it is', () => {
    const anyKey = fc.stringMatching(/^[!-~]{12,40}$/).filter((text) => checkPreSharedKey(text).ok);
    fc.assert(
      fc.property(anyKey, fc.constantFrom('plain', 'quoted', 'base64', 'swanctl'), (word, form) => {
        const written = {
          plain: withSecrets(`1.2.3.4 : PSK ${word}`),
          quoted: withSecrets(`1.2.3.4 : PSK "${word}"`),
          base64: withSecrets(`1.2.3.4 : PSK ${base64(word)}`),
          swanctl: `${swanctl('')}\nsecrets { ike { secret = ${base64(word)} } }`,
        }[form];
        expect(imported(written).lines.some(({ text }) => text.includes(word))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
