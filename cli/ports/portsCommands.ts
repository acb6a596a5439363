import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addPortsAdd } from './add.ts';
import { addPortsForward } from './forward.ts';
import { addPortsList } from './list.ts';
import { addPortsStop } from './stop.ts';
import { addPortsVisibility } from './visibility.ts';

export function addPortsCommands(program: Command, context: Context): void {
  const ports = group(program, 'ports', 'Ports of a workspace');
  addPortsList(ports, context);
  addPortsAdd(ports, context);
  addPortsVisibility(ports, context);
  addPortsForward(ports, context);
  addPortsStop(ports, context);
}
