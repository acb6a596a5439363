import type { TokenKind } from './db/schema.ts';

/**
 * A new token: `culv_<kind>_` and 32 random bytes in base64url. The prefix lets secret scanners find it. It is shown once;
 * what is stored is its hash.
 */
export function newToken(kind: TokenKind | 'device'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `culv_${kind}_${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** sha256 in hex. Good for values with the entropy of a token; passwords take argon2id. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
