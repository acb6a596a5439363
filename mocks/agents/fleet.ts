import type { DesiredVpn, ToAgent } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Clock } from '../../server/deps.ts';
import { kernelIpsec } from './kernelIpsec.ts';
import { type ChangeOutcome, type Outcome, up } from './outcome.ts';
import { type Link, ScriptedAgent } from './scriptedAgent.ts';
import type { Declaration, Processes } from './scriptedPorts.ts';

/** Opens a connection to the hub with a join token. */
export type Dial = (
  token: string,
  onMessage: (message: ToAgent) => void,
  onClose: () => void,
) => Promise<Link>;

/** How long a try takes once somebody watches, in milliseconds. */
const TRY_MS = 600;

/** All replicas of the mock. What they do is written down by the VPN's name and the machine's hostname. */
export class Fleet {
  readonly #clock: Clock;
  readonly #dial: Dial;
  readonly #agents = new Map<string, ScriptedAgent>();
  readonly #outcomes = new Map<string, Outcome>();
  readonly #changes = new Map<string, ChangeOutcome>();
  readonly #addresses = new Map<string, number>();
  #watched = false;

  constructor(clock: Clock, dial: Dial) {
    this.#clock = clock;
    this.#dial = dial;
  }

  /** From now on tries take a moment; before, while a scenario is made, their outcome is there at once. */
  watch(): void {
    this.#watched = true;
    for (const agent of this.#agents.values()) agent.watched();
  }

  /** A machine joins with `token`. Its hostname has to be new; replicas are told apart by it here. */
  async join(token: string, hostname: string, ipsec: IpsecCapability = kernelIpsec): Promise<void> {
    if (this.#agents.has(hostname))
      throw new Error(`A replica with the hostname ${hostname} is there already.`);
    const agent = new ScriptedAgent({
      hello: {
        replica: {
          key: `mock-replica-key-${hostname}`,
          secret: `mock-replica-secret-of-at-least-32-${hostname}`,
        },
        hostname,
        platform: 'linux-x64',
        agentVersion: '0.1.0',
      },
      ipsec,
      clock: this.#clock,
      dial: (onMessage, onClose) => this.#dial(token, onMessage, onClose),
      outcome: (vpn) =>
        this.#outcomes.get(key(vpn.name, hostname)) ?? this.#outcomes.get(key(vpn.name, '*')) ?? up,
      changeOutcome: (vpn) =>
        this.#changes.get(key(vpn.name, hostname)) ?? this.#changes.get(key(vpn.name, '*')) ?? 'kept',
      virtualIp: (vpn) => this.#virtualIp(vpn, hostname),
      tryMs: () => (this.#watched ? TRY_MS : 0),
    });
    this.#agents.set(hostname, agent);
    await agent.connect();
  }

  /** Says how a VPN will go on a replica, or on all ('*'), from the next try on. */
  script(vpnName: string, hostname: string, outcome: Outcome): void {
    this.#outcomes.set(key(vpnName, hostname), outcome);
  }

  /** Says how changes of a VPN end that a replica, or all ('*'), try out from now on. */
  scriptChange(vpnName: string, hostname: string, outcome: ChangeOutcome): void {
    this.#changes.set(key(vpnName, hostname), outcome);
  }

  /** The change of a VPN that a replica is trying out ends now, and so do later ones. */
  endChange(vpnName: string, hostname: string, outcome: ChangeOutcome): void {
    this.scriptChange(vpnName, hostname, outcome);
    this.#agent(hostname).endChange(vpnName, outcome);
  }

  /** Brings a tunnel into a state at once, and keeps it there for later tries. */
  put(vpnName: string, hostname: string, outcome: Outcome): void {
    this.script(vpnName, hostname, outcome);
    const agents = hostname === '*' ? [...this.#agents.values()] : [this.#agent(hostname)];
    for (const agent of agents) agent.put(vpnName, outcome);
  }

  disconnect(hostname: string): void {
    this.#agent(hostname).disconnect();
  }

  reconnect(hostname: string): Promise<void> {
    return this.#agent(hostname).connect();
  }

  restart(hostname: string): Promise<void> {
    return this.#agent(hostname).restart();
  }

  /** Resolves once somebody has the replica test settings, from now on. */
  nextTrial(hostname: string): Promise<void> {
    return this.#agent(hostname).nextTrial();
  }

  /** Processes begin to listen in a replica. */
  listen(hostname: string, processes: Processes): void {
    this.#agent(hostname).listen(processes);
  }

  unlisten(hostname: string, port: number): void {
    this.#agent(hostname).unlisten(port);
  }

  /** A replica's devcontainer.json is this from now on. */
  declare(hostname: string, declaration: Partial<Declaration>): void {
    this.#agent(hostname).declare(declaration);
  }

  #agent(hostname: string): ScriptedAgent {
    const agent = this.#agents.get(hostname);
    if (agent === undefined)
      throw new Error(`There is no replica ${hostname}; there are: ${[...this.#agents.keys()].join(', ')}.`);
    return agent;
  }

  /** As the guide's gateway hands them out: 10.200.0.4 for the first replica that asks, and the same one ever after. */
  #virtualIp(vpn: DesiredVpn, hostname: string): string {
    const known = this.#addresses.get(key(vpn.id, hostname));
    const number =
      known ?? [...this.#addresses.keys()].filter((other) => other.startsWith(`${vpn.id} `)).length;
    this.#addresses.set(key(vpn.id, hostname), number);
    return `10.200.${Math.floor((number + 4) / 256)}.${(number + 4) % 256}`;
  }
}

const key = (vpn: string, hostname: string) => `${vpn} ${hostname}`;
