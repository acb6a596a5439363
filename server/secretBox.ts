import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import type { SecretBox } from './deps.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const VERSION = 'v1';

const parameters = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(context),
});

/**
 * AES-256-GCM over WebCrypto. A sealed value is `v1.<nonce>.<ciphertext and tag>` in base64url, with a random nonce of
 * 96 bits for each. `open` rejects when the key, the context or a single bit differs.
 */
export async function createSecretBox(key: Uint8Array<ArrayBuffer>): Promise<SecretBox> {
  if (key.length !== KEY_BYTES) throw new Error(`The secret key must be ${KEY_BYTES} bytes.`);
  const aesKey = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return {
    async seal(plaintext, context) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const bytes = new TextEncoder().encode(plaintext);
      const sealed = await crypto.subtle.encrypt(parameters(nonce, context), aesKey, bytes);
      return [VERSION, encodeBase64Url(nonce), encodeBase64Url(new Uint8Array(sealed))].join('.');
    },
    async open(sealed, context) {
      const [version, nonce, ciphertext] = sealed.split('.');
      if (version !== VERSION || nonce === undefined || ciphertext === undefined) {
        throw new Error('The sealed value has a form that this server doesn’t know.');
      }
      const bytes = decodeBase64Url(ciphertext);
      const plain = await crypto.subtle.decrypt(parameters(decodeBase64Url(nonce), context), aesKey, bytes);
      return new TextDecoder().decode(plain);
    },
  };
}
