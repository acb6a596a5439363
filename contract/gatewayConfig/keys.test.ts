import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPreSharedKey } from '../preSharedKey.ts';
import type { GatewayKind } from './document.ts';
import { renderGateway } from './render.ts';
import { anyKey, guide, partsText, rendered } from './testing/settings.ts';

const decodedBase64 = (text: string) => Buffer.from(text, 'base64').toString('utf8');
const decodedHex = (text: string) => Buffer.from(text, 'hex').toString('utf8');

/** strongSwan and Libreswan: quotes around what needs none, or `0s` and Base64. */
const fromSwan = (written: string | undefined) =>
  /^"([A-Za-z0-9._~+=:@,-]+)"$/.exec(written ?? '')?.[1] ??
  decodedBase64(/^0s(\S+)$/.exec(written ?? '')?.[1] ?? '');

/** Finds the key in the text for a kind, and reads it as that gateway does; undefined: none is written. */
const readers: Partial<Record<GatewayKind, (text: string) => string | undefined>> = {
  'strongswan-ipsec': (text) => fromSwan(/ %any : PSK (.*)\n$/.exec(text)?.[1]),
  'strongswan-swanctl': (text) => fromSwan(/\n {4}secret = (.*)\n/.exec(text)?.[1]),
  libreswan: (text) => fromSwan(/ : PSK (.*)\n$/.exec(text)?.[1]),
  'cisco-ios-xe': (text) => /\n {2}pre-shared-key local (.*)\n {2}pre-shared-key remote \1\n/.exec(text)?.[1],
  fortigate: (text) => {
    const written = /set psksecret (.*)\n/.exec(text)?.[1] ?? '';
    return written.startsWith('0x') ? decodedHex(written.slice(2)) : /^"([^"\\?]*)"$/.exec(written)?.[1];
  },
  mikrotik: (text) => {
    const written = / secret="((?:[^"\\$?]|\\["\\$?])*)"\n/.exec(text)?.[1];
    const key = written?.replace(/\\(.)/g, '$1');
    return key?.startsWith('0x') ? decodedHex(key.slice(2)) : key;
  },
  opnsense: (text) => /- Pre-Shared Key: (.*)\n/.exec(text)?.[1],
  pfsense: (text) => /- Pre-Shared Key: (.*)\n/.exec(text)?.[1],
  generic: (text) => /\nPre-shared key: (.*)\n/.exec(text)?.[1],
};
const kinds = Object.keys(readers) as GatewayKind[];

describe('each gateway reads the key that was typed', () => {
  const keys = [
    'correct-horse-battery-staple',
    'pa"ss #}\' word',
    ' blanks at the ends ',
    '0x00ff',
    '0sAAAA',
    '0tText',
    'ENC abcd',
    'back\\slash',
    'ends in a backslash\\',
    'what?',
    '$(reboot); [/system reset]',
    '"; auto=start',
    'include',
    'hex',
    '6',
    'Grüße 🔑',
    'invisible\u2028break',
  ];
  const unwritable: Partial<Record<GatewayKind, RegExp>> = {
    'cisco-ios-xe': /[\s?"'\\|]|[^\x20-\x7e]|^(?:hex|6)$/,
    pfsense: /[^\x20-\x7e]/,
    opnsense: /\u2028/,
    generic: /\u2028/,
  };

  test.each(keys.flatMap((key) => kinds.map((kind) => ({ kind, key }))))('$kind: $key', ({ kind, key }) => {
    const document = renderGateway(kind, guide, { preSharedKey: key });
    if (unwritable[kind]?.test(key)) {
      expect(partsText(document)).toContain('<pre-shared key>');
      expect(document.notes.join(' ')).toContain('isn’t written here');
    } else {
      expect(readers[kind]?.(partsText(document))).toBe(key);
    }
  });
});

test.each(kinds)('%s has a placeholder where no key is given, or one that no gateway takes', (kind) => {
  for (const options of [
    {},
    { preSharedKey: '' },
    { preSharedKey: 'two\nlines' },
    { preSharedKey: 'nul\0' },
  ]) {
    expect(rendered(kind, guide, options)).toContain('<pre-shared key>');
  }
});

test('whatever the key, it is read back or left out, and adds no line', () => {
  const lineCounts = new Map(kinds.map((kind) => [kind, rendered(kind, guide).split('\n').length]));
  fc.assert(
    fc.property(fc.constantFrom(...kinds), anyKey, (kind, key) => {
      const text = rendered(kind, guide, { preSharedKey: key });
      expect(text.split('\n')).toHaveLength(lineCounts.get(kind) ?? 0);
      if (!checkPreSharedKey(key).ok || text.includes('<pre-shared key>')) {
        expect(text).toBe(rendered(kind, guide));
      } else {
        expect(readers[kind]?.(text)).toBe(key);
      }
    }),
    { numRuns: 1000 },
  );
});
