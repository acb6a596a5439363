import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { group } from '../leaf.ts';
import { addVpnConfig } from './config.ts';
import { addVpnCreate } from './create.ts';
import { addVpnDelete } from './delete.ts';
import { addVpnDuplicate } from './duplicate.ts';
import { addVpnEdit } from './edit.ts';
import { addVpnImport } from './import.ts';
import { addVpnList } from './list.ts';
import { addVpnShow } from './show.ts';
import { addVpnVerify } from './verify.ts';

export function addVpnCommands(program: Command, context: Context): void {
  const vpn = group(program, 'vpn', 'VPNs of a team');
  addVpnList(vpn, context);
  addVpnShow(vpn, context);
  addVpnCreate(vpn, context);
  addVpnEdit(vpn, context);
  addVpnDuplicate(vpn, context);
  addVpnDelete(vpn, context);
  addVpnConfig(vpn, context);
  addVpnImport(vpn, context);
  addVpnVerify(vpn, context);
}
