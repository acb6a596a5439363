import type { Command } from 'commander';
import { vpnDefaults } from '../../contract/vpnDefaults.ts';
import type { Vpn } from '../../contract/vpns.ts';
import type { Context } from '../context.ts';
import { action } from '../invocation.ts';
import { leaf } from '../leaf.ts';
import { chosenKey, keyLine, keyOptions, type KeyOptions } from './preSharedKey.ts';
import { settingsOptions, withOptions, type SettingsOptions } from './settingsOptions.ts';

export function addVpnCreate(vpn: Command, context: Context): void {
  const command = leaf(vpn, 'create', {
    summary: 'Create a VPN',
    more:
      'What is left out is as on the dashboard’s form: IKEv2 with AES-256, SHA-256 and group 14. The pre-shared key comes from a file, ' +
      'from stdin, or is asked for; never from an argument.',
    examples: [
      {
        line: 'culvert vpn create Berlin --peer-ip 203.0.113.7 --subnet 10.9.0.0/16 --psk-file psk.txt',
        does: 'With a key that is in a file',
      },
      {
        line: 'culvert vpn create Berlin --peer-ip 203.0.113.7 --subnet 10.9.0.0/16 --generate-psk --json',
        does: 'With a new key, which is printed this once',
      },
    ],
  }).argument('<name>', 'its name');
  keyOptions(settingsOptions(command)).action(
    action(context, async ({ connect, out }, name: string, options: SettingsOptions & KeyOptions) => {
      const { teamApi } = await connect();
      const key = await chosenKey(context, out, options);
      const settings = { ...withOptions(vpnDefaults, options), name };
      const created = await teamApi.post<Vpn>('/vpns', { ...settings, preSharedKey: key.key });
      const generated = key.generated ? { preSharedKey: key.key } : {};
      out.result({ ...created, ...generated }, () => `Created ${created.name}.${keyLine(key)}`);
    }),
  );
}
