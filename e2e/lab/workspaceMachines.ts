import { join } from 'node:path';
import type { Port } from '../../contract/ports.ts';
import type { Visibility } from '../../contract/visibility.ts';
import type { Replica, Workspace } from '../../contract/workspaces.ts';
import type { Api } from './api.ts';
import { Machine, type Program } from './machine.ts';
import { until } from './namespaces.ts';
import type { Lab } from './network.ts';
import { selfSigned } from './selfSigned.ts';
import type { ServerProcess } from './serverProcess.ts';

const programs = {
  agent: new URL('../../agent/main.ts', import.meta.url).pathname,
  app: new URL('portApp/main.ts', import.meta.url).pathname,
};

type Options = {
  lab: Lab;
  server: ServerProcess;
  /** As the owner. */
  api: Api;
  /** `/teams/{id}/workspaces/{id}`. */
  path: string;
  id: string;
  name: string;
  /** The workspace’s join token. */
  token: string;
};

/** A workspace and the machines that are its replicas, counted from 1. */
export class WorkspaceMachines {
  readonly name: string;
  readonly path: string;
  readonly #options: Options;
  readonly #machines = new Map<number, Machine>();
  readonly #agents = new Map<number, Program>();

  constructor(options: Options) {
    this.#options = options;
    this.name = options.name;
    this.path = options.path;
  }

  machine(n = 1): Machine {
    const machine = this.#machines.get(n);
    if (!machine) throw new Error(`${this.name} has no machine ${n}.`);
    return machine;
  }

  /** Brings up a machine in the lab’s n-th namespace, and its agent. */
  async add(n: number): Promise<void> {
    const folder = join(this.#options.lab.folder, `${this.name}-${n}`);
    this.#machines.set(n, new Machine(this.#options.lab.replica(n), folder));
    await this.up(n);
  }

  async up(n = 1): Promise<void> {
    await this.machine(n).up();
    await this.startAgent(n);
  }

  /** Takes a machine down with everything on it; resolves once the server has seen that. */
  async down(n = 1): Promise<void> {
    await this.machine(n).down();
    await this.#untilOnline(n, false);
  }

  /** Resolves once its replica is online. */
  async startAgent(n = 1): Promise<void> {
    const { server, token } = this.#options;
    const machine = this.machine(n);
    const state = ['--state', join(machine.folder, 'agent'), '--secrets', join(machine.folder, 'secrets')];
    const which = ['--server', server.url, '--token', token, '--name', hostOf(n)];
    const command = [process.execPath, programs.agent, 'run', ...which, ...state];
    this.#agents.set(n, machine.run(command, join(machine.folder, 'agent.log')));
    await this.#untilOnline(n, true);
  }

  /** Ends the agent alone: the machine, and what else runs on it, goes on. */
  async stopAgent(n = 1): Promise<void> {
    await this.#agents.get(n)?.stop();
    await this.#untilOnline(n, false);
  }

  /** Starts the lab’s app on a machine; resolves once it listens. */
  async app(options: { port: number; name?: string; n?: number; tls?: boolean }): Promise<Program> {
    const { port, name = 'shop', n = 1, tls = false } = options;
    const machine = this.machine(n);
    const command = [process.execPath, programs.app, '--name', name, '--port', String(port)];
    if (tls) {
      const { certificate, key } = await selfSigned(machine.folder);
      command.push('--certificate', certificate, '--key', key);
    }
    const app = machine.run(command, join(machine.folder, 'app.log'));
    await app.printed('listening');
    return app;
  }

  /** Forwards a port and gives it this visibility, as the owner; resolves with its address, without a slash at the end. */
  async share(port: number, visibility: Visibility, protocol: 'http' | 'https' = 'http'): Promise<string> {
    const forwarded = await this.#options.api.put<Port>(`${this.path}/ports/${port}`, { protocol });
    const { url } = forwarded.visibility === visibility ? forwarded : await this.change(port, { visibility });
    return url?.replace(/\/$/, '') ?? '';
  }

  async port(number: number): Promise<Port | undefined> {
    const { items } = await this.#options.api.get<{ items: Port[] }>(`${this.path}/ports`);
    return items.find(({ port }) => port === number);
  }

  /** As the owner, whatever the port’s revision is now. */
  async change(number: number, change: { visibility?: Visibility; label?: string }): Promise<Port> {
    const revision = (await this.port(number))?.revision ?? 0;
    return await this.#options.api.patch<Port>(`${this.path}/ports/${number}`, change, revision);
  }

  /** Stops forwarding, as the owner. */
  async stopForwarding(number: number): Promise<void> {
    await this.#options.api.delete(`${this.path}/ports/${number}`);
  }

  /** Makes somebody else the workspace’s owner; `by`: whoever may, left out: the owner. */
  async handOver(ownerId: string, by: Api = this.#options.api): Promise<void> {
    const { revision } = await by.get<Workspace>(this.path);
    await by.patch(this.path, { ownerId }, revision);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#machines.values()].map((machine) => machine.down()));
    await this.#options.api.delete(this.path);
  }

  async #untilOnline(n: number, online: boolean): Promise<void> {
    await until(async () => {
      const { items } = await this.#options.api.get<{ items: Replica[] }>(`${this.path}/replicas`);
      return (items.find(({ hostname }) => hostname === hostOf(n))?.online ?? false) === online;
    }, 15_000);
  }
}

const hostOf = (n: number): string => `host-${n}`;
