import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addPreviewDown } from './down.ts';
import { addPreviewLeave } from './leave.ts';
import { addPreviewUp } from './up.ts';
import { addPreviewWait } from './wait.ts';

export function addPreviewCommands(program: Command, context: Context): void {
  const preview = group(program, 'preview', 'Previews of changes, in a private network');
  addPreviewUp(preview, context);
  addPreviewWait(preview, context);
  addPreviewDown(preview, context);
  addPreviewLeave(preview, context);
}
