import { join } from 'node:path';
import { root } from '../scripts/run.ts';
import { FIRST_SCREEN_MAX_KB, initialScripts } from '../scripts/bundle.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

/** JavaScript that the first screen waits for: `gzip -9`, in kB of 1000 bytes. */
export async function measureFirstScreen(): Promise<Row> {
  const scripts = await initialScripts(join(root, 'dist/dashboard'));
  const kilobytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  return {
    what: 'JavaScript before the first screen, gzip, kB',
    culvert: spreadOf([kilobytes]),
    byHand: null,
    limit: FIRST_SCREEN_MAX_KB,
  };
}
