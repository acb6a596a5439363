import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from '../deps.ts';

/** OWASP’s parameters for argon2id (the package’s default algorithm): 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwords: Passwords = {
  hash: (password) => hash(password, parameters),
  verify: (stored, password) => verify(stored, password),
};
