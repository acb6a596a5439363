import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayCharonConf } from './gatewayCharonConf.ts';
import { signal, until, type Namespace } from './namespaces.ts';

/** A VPN gateway whose charon is configured by swanctl, and knows nothing before it is. */
export class SwanctlGateway {
  readonly namespace: Namespace;
  readonly #folder: string;
  readonly #socket: string;

  constructor(namespace: Namespace, folder: string) {
    this.namespace = namespace;
    this.#folder = folder;
    this.#socket = join(folder, 'run', 'gateway.vici');
    mkdirSync(join(folder, 'run'), { recursive: true });
    const vici = `vici {
      socket = unix://${this.#socket}
    }`;
    writeFileSync(join(folder, 'strongswan.conf'), gatewayCharonConf(folder, 'vici', vici));
  }

  /** Starts charon and loads this swanctl.conf; throws with swanctl's words when it refuses a part of it. */
  async start(swanctlConf: string): Promise<void> {
    writeFileSync(join(this.#folder, 'swanctl.conf'), swanctlConf, { mode: 0o600 });
    // An old one would be taken for the new charon's.
    rmSync(this.#socket, { force: true });
    const ownRun = `mount --bind ${this.#folder}/run "$(readlink -f /var/run)"`;
    const output = openSync(join(this.#folder, 'charon.out'), 'a');
    this.namespace
      .spawn(['sh', '-c', `${ownRun} && rm -f /var/run/*.pid && exec /usr/lib/ipsec/charon`], {
        stdio: ['ignore', output, output],
        env: { ...process.env, STRONGSWAN_CONF: join(this.#folder, 'strongswan.conf') },
        detached: true,
      })
      .unref();
    closeSync(output);
    await until(() => existsSync(this.#socket), 10_000);
    const load = ['swanctl', '--load-all', '--noprompt', '--file', join(this.#folder, 'swanctl.conf')];
    await this.namespace.must(...load, '--uri', `unix://${this.#socket}`);
  }

  async stop(): Promise<void> {
    for (const { pid, startTime } of await this.namespace.processes()) signal(pid, startTime, 'SIGTERM');
    await until(async () => (await this.namespace.processes()).length === 0, 10_000);
  }
}
