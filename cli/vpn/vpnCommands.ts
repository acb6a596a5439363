import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addVpnList } from './list.ts';

export function addVpnCommands(program: Command, context: Context): void {
  const vpn = group(program, 'vpn', 'VPNs of a team');
  addVpnList(vpn, context);
}
