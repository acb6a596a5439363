import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { Gateway } from './gateway.ts';
import { must, Namespace, namespaceNames, startTimeOf, until } from './namespaces.ts';
import { relay } from './relay.ts';

export type LabOptions = {
  /** Tells labs that run at the same time apart; 1 to 8 of a-z and 0-9. */
  prefix: string;
  replicas: number;
  /** Where the server listens on this machine's loopback; null: the lab runs without a server. */
  serverPort: number | null;
};

/** A gateway's place in the lab: its public address, and the private subnets behind it, each with a host .5 that answers. */
export type Site = { name: string; publicIp: string; subnets: readonly string[] };

/** The guide's gateway, and a second company's. A subnet is given by its first three numbers. */
export const sites = {
  main: { name: 'gw', publicIp: '1.2.3.4', subnets: ['10.250.0', '10.251.0'] },
  second: { name: 'gw2', publicIp: '1.2.3.5', subnets: ['10.252.0'] },
} as const satisfies Record<string, Site>;

/** Address of a replica on the public network, counted from 1. */
export const replicaAddress = (n: number): string => `1.2.3.${10 + n}`;

/**
 * The guide's network on one machine: a public network 1.2.3.0/24 with gateways and replicas on it, private hosts behind
 * the gateways. Needs root. Whatever an earlier lab of the same prefix left behind is removed first.
 */
export class Lab {
  readonly folder: string;
  readonly gateway: Gateway;
  readonly secondGateway: Gateway;
  readonly #prefix: string;
  readonly #inet: Namespace;
  readonly #replicas: Namespace[];
  readonly #relays: Server[] = [];

  private constructor({ prefix, replicas }: LabOptions) {
    this.#prefix = prefix;
    this.folder = labFolder(prefix);
    this.#inet = this.#namespace('inet');
    this.gateway = new Gateway(this.#namespace(sites.main.name), join(this.folder, sites.main.name));
    this.secondGateway = new Gateway(
      this.#namespace(sites.second.name),
      join(this.folder, sites.second.name),
    );
    this.#replicas = Array.from({ length: replicas }, (_, index) => this.#namespace(`r${index + 1}`));
  }

  static async create(options: LabOptions): Promise<Lab> {
    if (!/^[a-z0-9]{1,8}$/.test(options.prefix)) throw new Error(`Not a prefix: ${options.prefix}`);
    await removeLab(options.prefix);
    await removeOrphans();
    claim(options.prefix);
    const lab = new Lab(options);
    try {
      await lab.#build(options.serverPort);
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  }

  /** A replica's namespace, counted from 1. */
  replica(n: number): Namespace {
    const replica = this.#replicas[n - 1];
    if (!replica) throw new Error(`The lab has ${this.#replicas.length} replicas, not ${n}.`);
    return replica;
  }

  /** The host behind the main gateway. */
  get db(): Namespace {
    return this.#namespace(`${sites.main.name}db`);
  }

  async close(): Promise<void> {
    for (const server of this.#relays) server.close();
    await removeNamespaces(this.#prefix);
    removeFolder(this.#prefix);
  }

  #namespace(name: string): Namespace {
    return new Namespace(`${this.#prefix}-${name}`);
  }

  async #build(serverPort: number | null): Promise<void> {
    await this.#inet.create();
    await this.#inet.must('ip', 'link', 'add', 'public', 'type', 'bridge');
    await this.#inet.must('ip', 'link', 'set', 'public', 'up');
    await Promise.all([
      this.#buildSite(this.gateway.namespace, sites.main),
      this.#buildSite(this.secondGateway.namespace, sites.second),
      ...this.#replicas.map((replica, index) => this.#buildReplica(replica, index + 1, serverPort)),
    ]);
  }

  async #buildSite(gateway: Namespace, site: Site): Promise<void> {
    await this.#attach(gateway, site.publicIp);
    const hosts = this.#namespace(`${site.name}db`);
    await hosts.create();
    await must(
      'ip',
      'link',
      'add',
      'lan',
      'netns',
      gateway.name,
      'type',
      'veth',
      'peer',
      'name',
      'lan',
      'netns',
      hosts.name,
    );
    for (const subnet of site.subnets) {
      await gateway.must('ip', 'address', 'add', `${subnet}.1/24`, 'dev', 'lan');
      await hosts.must('ip', 'address', 'add', `${subnet}.5/24`, 'dev', 'lan');
    }
    await gateway.must('ip', 'link', 'set', 'lan', 'up');
    await hosts.must('ip', 'link', 'set', 'lan', 'up');
    await hosts.must('ip', 'route', 'add', 'default', 'via', `${site.subnets[0] ?? ''}.1`);
    await gateway.must('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
    this.#node(hosts, 'privateHost.ts');
    await until(async () => (await hosts.exec(['sh', '-c', 'ss -ltn | grep -q :5432'])).code === 0, 10_000);
  }

  async #buildReplica(replica: Namespace, n: number, serverPort: number | null): Promise<void> {
    await this.#attach(replica, replicaAddress(n));
    if (serverPort !== null) await this.bring(n, serverPort);
  }

  /** Makes what listens at a port of this machine’s loopback reachable at the same address in replica n. */
  async bring(n: number, port: number): Promise<void> {
    const replica = this.replica(n);
    const path = join(this.folder, `r${n}-${port}.sock`);
    this.#relays.push(await relay({ path }, { host: '127.0.0.1', port }));
    this.#node(replica, 'replicaRelay.ts', String(port), path);
    await until(
      async () => (await replica.exec(['sh', '-c', `ss -ltn | grep -q :${port}`])).code === 0,
      10_000,
    );
  }

  /** Creates a namespace with one address on the public network. */
  async #attach(namespace: Namespace, address: string): Promise<void> {
    await namespace.create();
    const port = namespace.name.slice(this.#prefix.length + 1);
    await must(
      'ip',
      'link',
      'add',
      'eth0',
      'netns',
      namespace.name,
      'type',
      'veth',
      'peer',
      'name',
      port,
      'netns',
      this.#inet.name,
    );
    await this.#inet.must('ip', 'link', 'set', port, 'master', 'public', 'up');
    await namespace.must('ip', 'address', 'add', `${address}/24`, 'dev', 'eth0');
    await namespace.must('ip', 'link', 'set', 'eth0', 'up');
    await namespace.must('ip', 'route', 'add', 'default', 'via', '1.2.3.1');
  }

  #node(namespace: Namespace, script: string, ...args: string[]): void {
    const path = new URL(script, import.meta.url).pathname;
    namespace.spawn([process.execPath, path, ...args], { stdio: 'ignore', detached: true }).unref();
  }
}

export const createLab = (options: LabOptions): Promise<Lab> => Lab.create(options);

/** For a lab that only this process uses: several test runs on one machine don't meet. */
export const ownPrefix = (): string => `p${process.pid.toString(36)}`;

const FOLDERS = '/tmp';
const FOLDER_NAME = 'culvert-lab-';
const labFolder = (prefix: string) => join(FOLDERS, `${FOLDER_NAME}${prefix}`);

/** Removes what a lab of this prefix left behind, unless the process that runs it is alive. */
export async function removeLab(prefix: string): Promise<void> {
  const owner = ownerOf(prefix);
  if (owner !== null && owner.pid !== process.pid && startTimeOf(owner.pid) === owner.startTime) {
    throw new Error(`The lab ${prefix} is running already, in process ${owner.pid}.`);
  }
  await removeNamespaces(prefix);
  removeFolder(prefix);
}

/** Removes the labs of processes that ended without closing them. */
async function removeOrphans(): Promise<void> {
  const prefixes = readdirSync(FOLDERS)
    .filter((name) => name.startsWith(FOLDER_NAME))
    .map((name) => name.slice(FOLDER_NAME.length));
  for (const prefix of prefixes) {
    const owner = ownerOf(prefix);
    if (owner !== null && startTimeOf(owner.pid) !== owner.startTime) await removeLab(prefix);
  }
}

/** Another process may be removing it as well, and what it takes away meanwhile is fine. */
function removeFolder(prefix: string): void {
  rmSync(labFolder(prefix), { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

async function removeNamespaces(prefix: string): Promise<void> {
  const ours = namespaceNames().filter((name) => name.startsWith(`${prefix}-`));
  await Promise.all(ours.map((name) => new Namespace(name).destroy()));
}

type Owner = { pid: number; startTime: string };

function claim(prefix: string): void {
  mkdirSync(labFolder(prefix), { recursive: true, mode: 0o700 });
  const owner: Owner = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
  writeFileSync(join(labFolder(prefix), 'owner.json'), JSON.stringify(owner));
}

function ownerOf(prefix: string): Owner | null {
  try {
    const owner: Owner = JSON.parse(readFileSync(join(labFolder(prefix), 'owner.json'), 'utf8'));
    return owner;
  } catch {
    return null;
  }
}
