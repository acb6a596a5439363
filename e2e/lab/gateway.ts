import { openSync, readFileSync, writeFileSync, mkdirSync, existsSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayCharonConf } from './gatewayCharonConf.ts';
import { signal, until, type Namespace } from './namespaces.ts';

/** The company's VPN gateway: strongSwan's starter and charon in a namespace, on an ipsec.conf that the caller writes. */
export class Gateway {
  readonly namespace: Namespace;
  readonly #folder: string;

  constructor(namespace: Namespace, folder: string) {
    this.namespace = namespace;
    this.#folder = folder;
    mkdirSync(join(folder, 'run'), { recursive: true });
    const stroke = `stroke {
      secrets_file = ${folder}/ipsec.secrets
    }`;
    writeFileSync(join(folder, 'strongswan.conf'), gatewayCharonConf(folder, 'stroke', stroke));
  }

  /** Takes effect at the next start. */
  write(ipsecConf: string, secrets: string): void {
    writeFileSync(join(this.#folder, 'ipsec.conf'), ipsecConf);
    writeFileSync(join(this.#folder, 'ipsec.secrets'), secrets, { mode: 0o600 });
  }

  /** Waits until the connection of this name is loaded. */
  async start(connection = 'workspaces'): Promise<void> {
    const script = [
      this.#ownRun,
      'rm -f /var/run/*.pid',
      `exec /usr/lib/ipsec/starter --daemon charon --nofork --conf ${this.#folder}/ipsec.conf`,
    ].join(' && ');
    const output = openSync(join(this.#folder, 'starter.log'), 'a');
    const logged = this.log().length;
    this.namespace
      .spawn(['sh', '-c', script], {
        stdio: ['ignore', output, output],
        env: { ...process.env, STRONGSWAN_CONF: join(this.#folder, 'strongswan.conf') },
        detached: true,
      })
      .unref();
    closeSync(output);
    await until(() => this.log().slice(logged).includes(`added configuration '${connection}'`), 10_000);
  }

  /** A clean end: charon tells its peers. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** A crash: peers hear nothing. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Gives it other secrets while it runs; tunnels that are up stay so. */
  async rereadSecrets(secrets: string): Promise<void> {
    writeFileSync(join(this.#folder, 'ipsec.secrets'), secrets, { mode: 0o600 });
    const script = `${this.#ownRun} && exec /usr/lib/ipsec/stroke rereadsecrets`;
    await this.namespace.must('sh', '-c', script);
  }

  /** Everything its charon has logged so far. */
  log(): string {
    const path = join(this.#folder, 'charon.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Makes /run the gateway's own. `ip netns exec` brings a mount namespace: what several charons have there doesn't meet. */
  get #ownRun(): string {
    return `mount --bind ${this.#folder}/run "$(readlink -f /var/run)"`;
  }

  async #end(how: NodeJS.Signals): Promise<void> {
    const processes = await this.namespace.processes();
    // starter is asked first: it would start a charon that ended by itself again.
    for (const { pid, startTime } of processes.slice(0, how === 'SIGTERM' ? 1 : undefined))
      signal(pid, startTime, how);
    await until(async () => (await this.namespace.processes()).length === 0, 10_000);
  }
}
