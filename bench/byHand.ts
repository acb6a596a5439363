import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { DesiredVpn } from '../contract/agentProtocol.ts';
import { charonPaths } from '../agent/ipsec/charon.ts';
import { charonConfig, type CharonPaths } from '../agent/ipsec/charonConfig.ts';
import { childrenOf } from '../agent/ipsec/generations.ts';
import { must, type Namespace } from '../e2e/lab/namespaces.ts';
import { swanctlConf } from './swanctlConf.ts';

/**
 * A replica without an agent, for comparison: a charon with the settings of an agent's charon, and swanctl, which a person
 * would use by hand.
 */
export class ByHand {
  readonly namespace: Namespace;
  readonly #paths: CharonPaths;
  readonly #backend: 'kernel' | 'libipsec';
  readonly #conf: string;
  #charon: ChildProcess | null = null;

  constructor(namespace: Namespace, labFolder: string, backend: 'kernel' | 'libipsec') {
    this.namespace = namespace;
    this.#paths = charonPaths(join(labFolder, namespace.name));
    this.#backend = backend;
    this.#conf = join(this.#paths.folder, 'swanctl.conf');
    mkdirSync(this.#paths.runFolder, { recursive: true, mode: 0o700 });
  }

  /** Starts charon. Resolves when swanctl can reach it. */
  async start(): Promise<void> {
    const { runFolder, config, socket } = this.#paths;
    writeFileSync(config, charonConfig(this.#paths, this.#backend));
    rmSync(socket, { force: true });
    rmSync(join(runFolder, 'charon.pid'), { force: true });
    const script = `mount --bind ${runFolder} "$(readlink -f /var/run)" && exec /usr/lib/ipsec/charon`;
    this.#charon = this.namespace.spawn(['sh', '-c', script], {
      stdio: 'ignore',
      env: { ...process.env, STRONGSWAN_CONF: config },
    });
    const deadline = Date.now() + 10_000;
    while (!(await answers(socket))) {
      if (Date.now() > deadline) throw new Error('charon doesn’t come up in a replica without an agent.');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Ends charon, and with it its tunnels. */
  async stop(): Promise<void> {
    const charon = this.#charon;
    this.#charon = null;
    if (!charon || charon.exitCode !== null || charon.signalCode !== null) return;
    const ended = new Promise((resolve) => charon.once('exit', resolve));
    charon.kill('SIGTERM');
    await ended;
  }

  /** `swanctl --load-all` with this VPN's connection and key. */
  async load(vpn: DesiredVpn): Promise<void> {
    writeFileSync(this.#conf, swanctlConf(vpn), { mode: 0o600 });
    await this.#swanctl('--load-all', '--clear', '--file', this.#conf);
  }

  /** `swanctl --initiate` for each child. Resolves when all are up. */
  async initiate(vpn: DesiredVpn): Promise<void> {
    for (const { name } of childrenOf(vpn))
      await this.#swanctl('--initiate', '--ike', vpn.id, '--child', name);
  }

  async terminate(vpn: DesiredVpn): Promise<void> {
    await this.#swanctl('--terminate', '--ike', vpn.id, '--force', '--timeout', '1');
  }

  /** A change as it is made by hand: load it, end what is up, and initiate. */
  async change(vpn: DesiredVpn): Promise<void> {
    await this.load(vpn);
    await this.terminate(vpn);
    await this.initiate(vpn);
  }

  async #swanctl(...args: string[]): Promise<void> {
    // A Unix socket is reached from any network namespace.
    await must('swanctl', ...args, '--uri', `unix://${this.#paths.socket}`);
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    connection.once('connect', () => connection.destroy());
  });
}
