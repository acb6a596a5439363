import type { Command } from 'commander';

/** What the installer may be told; it says itself what is wrong with a value. */
export type InstallOptions = {
  name?: string;
  folder?: string;
  withStrongswan?: boolean;
  prefix?: string;
  state?: string;
};

/** Adds the options of the installer that both commands pass on. */
export const withInstallOptions = (command: Command): Command =>
  command
    .option('--name <name>', 'what the replica calls itself (default: the host name)')
    .option('--folder <dir>', 'working folder, whose devcontainer.json declares ports (default: this one)')
    .option('--with-strongswan', 'install strongSwan and what else IPsec needs, where it is missing (apt)')
    .option('--prefix <dir>', 'where the program goes (default: /usr/local/lib/culvert-agent)')
    .option('--state <dir>', 'where its state goes (default: /var/lib/culvert-agent)');

/** The same as the installer takes them. */
export function installArguments({ name, folder, withStrongswan, prefix, state }: InstallOptions): string[] {
  const values = Object.entries({ name, folder, prefix, state }).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option}`, value],
  );
  return withStrongswan ? [...values, '--with-strongswan'] : values;
}
