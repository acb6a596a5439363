import { describe, expect, test } from 'vitest';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { createSecretBox } from './secretBox.ts';

const key = new Uint8Array(32).fill(1);
const context = 'vpn:vpn_a:psk';

test('what is sealed opens again, whatever it is, and looks different each time', async () => {
  const box = await createSecretBox(key);
  for (const secret of ['', 'correct horse', 'ключ 🔑', 'x'.repeat(10_000)]) {
    const sealed = await box.seal(secret, context);
    expect(await box.open(sealed, context)).toBe(secret);
    expect(await box.seal(secret, context)).not.toBe(sealed);
    if (secret !== '') expect(sealed).not.toContain(secret);
  }
});

describe('a sealed value doesn’t open', () => {
  test('for another row', async () => {
    const box = await createSecretBox(key);
    const sealed = await box.seal('secret', context);
    await expect(box.open(sealed, 'vpn:vpn_b:psk')).rejects.toThrow();
  });

  test('with another key', async () => {
    const sealed = await (await createSecretBox(key)).seal('secret', context);
    const other = await createSecretBox(new Uint8Array(32).fill(2));
    await expect(other.open(sealed, context)).rejects.toThrow();
  });

  test('with any bit of it changed, or a part missing', async () => {
    const box = await createSecretBox(key);
    const [version = '', nonce = '', text = ''] = (await box.seal('secret', context)).split('.');
    const bytes = decodeBase64Url(text);
    for (let at = 0; at < bytes.length; at += 1) {
      const broken = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(box.open([version, nonce, encodeBase64Url(broken)].join('.'), context)).rejects.toThrow();
    }
    for (const broken of [
      `v2.${nonce}.${text}`,
      `${version}.${nonce}`,
      `${version}.${nonce}.${text.slice(0, 8)}`,
      '',
    ]) {
      await expect(box.open(broken, context)).rejects.toThrow();
    }
  });
});

test('a key of another length is refused', async () => {
  await expect(createSecretBox(new Uint8Array(16))).rejects.toThrow('must be 32 bytes');
});
