import { expect, test } from 'vitest';
import { passwords } from './passwords.ts';

test('a password is kept as argon2id with salt, and only it fits', async () => {
  const hash = await passwords.hash('seven violins under');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.hash('seven violins under')).not.toBe(hash);
  expect(await passwords.verify(hash, 'seven violins under')).toBe(true);
  expect(await passwords.verify(hash, 'seven violins unde')).toBe(false);
});
