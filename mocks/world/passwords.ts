import type { Passwords } from '../../server/deps.ts';
import { sha256Hex } from '../../server/tokens.ts';

/** Quick instead of slow, since nothing here is worth guessing. */
export const cheapPasswords: Passwords = {
  hash: async (password) => `mock:${await sha256Hex(password)}`,
  verify: async (hash, password) => hash === `mock:${await sha256Hex(password)}`,
};
