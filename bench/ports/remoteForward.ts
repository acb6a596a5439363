import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, type Namespace } from '../../e2e/lab/namespaces.ts';
import { startChild, untilListening, type Child } from './child.ts';

export type RemoteForward = {
  sshd: Child;
  /** In the replica. */
  ssh: number;
  stop: () => Promise<void>;
};

/**
 * `ssh -R`: from the replica to an sshd on the server’s side, which then listens on loopback for the app’s port. Keys and
 * configuration are of this run alone.
 */
export async function forwardRemotely(options: {
  folder: string;
  replica: Namespace;
  /** Where sshd listens. */
  sshd: { address: string; port: number };
  /** Where the app is reached on the server’s side. */
  port: number;
  app: number;
}): Promise<RemoteForward> {
  const { folder, replica, port, app } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  for (const key of ['host', 'user'])
    await must('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', at(key));
  writeFileSync(at('authorized_keys'), readFileSync(at('user.pub')), { mode: 0o600 });
  writeFileSync(
    at('known_hosts'),
    `[${options.sshd.address}]:${options.sshd.port} ${readFileSync(at('host.pub'), 'utf8')}`,
  );
  writeFileSync(at('sshd_config'), sshdConfig(folder, options.sshd));
  if (!existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 });
  const sshd = await startChild(['/usr/sbin/sshd', '-D', '-e', '-f', at('sshd_config')], options.sshd);
  const settings = [
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=yes',
    'BatchMode=yes',
    'ExitOnForwardFailure=yes',
    `UserKnownHostsFile=${at('known_hosts')}`,
  ].flatMap((setting) => ['-o', setting]);
  const forward = ['-R', `127.0.0.1:${port}:127.0.0.1:${app}`, `root@${options.sshd.address}`];
  const client = replica.spawn(
    ['ssh', '-N', '-F', 'none', '-i', at('user'), '-p', String(options.sshd.port), ...settings, ...forward],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await untilForwarded(client, port);
  return {
    sshd,
    ssh: client.pid ?? 0,
    stop: async () => {
      client.kill();
      await sshd.stop();
    },
  };
}

async function untilForwarded(client: ChildProcess, port: number): Promise<void> {
  let said = '';
  client.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  await untilListening('127.0.0.1', port, () => {
    if (client.exitCode !== null) throw new Error(`ssh ended: ${said}`);
  });
}

/** Lets root in with one key, to forward ports and nothing else. */
const sshdConfig = (folder: string, { address, port }: { address: string; port: number }): string => `
Port ${port}
ListenAddress ${address}
HostKey ${join(folder, 'host')}
PidFile none
AuthorizedKeysFile ${join(folder, 'authorized_keys')}
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowTcpForwarding remote
PermitTTY no
ForceCommand /bin/false
`;
