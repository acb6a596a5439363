import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { commandLinePage, commandLineReference } from './commandLineDocs.ts';

test('docs/command-line.md says what the help says; node scripts/commandLineDocs.ts writes it anew', async () => {
  expect(await readFile(commandLinePage, 'utf8')).toBe(await commandLineReference());
});
