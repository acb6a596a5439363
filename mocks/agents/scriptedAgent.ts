import {
  AGENT_PROTOCOL,
  agentAbilities,
  type DesiredVpn,
  type FromAgent,
  type ToAgent,
} from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Clock } from '../../server/deps.ts';
import { type Outcome, reportOf } from './outcome.ts';
import { type Declaration, ScriptedPorts } from './scriptedPorts.ts';
import { tried } from './tried.ts';
import { verified } from './verified.ts';

/** The server's end of a scripted agent's connection, as the hub gave it. */
export type Link = { receive(message: FromAgent): void; closed(): void };

export type ScriptedAgentOptions = {
  hello: Omit<Extract<FromAgent, { type: 'hello' }>, 'type' | 'protocol' | 'ipsec' | 'boot'>;
  ipsec: IpsecCapability;
  clock: Clock;
  /** Opens a connection to the hub, which sends what it says to `onMessage`, and calls `onClose` when it ends it. */
  dial: (onMessage: (message: ToAgent) => void, onClose: () => void) => Promise<Link>;
  /** How a tunnel goes once it has been tried. Asked at every try. */
  outcome: (vpn: DesiredVpn) => Outcome;
  virtualIp: (vpn: DesiredVpn) => string;
  /** Milliseconds that a try takes; 0 reports the outcome at once. */
  tryMs: () => number;
};

type Tunnel = {
  vpn: DesiredVpn;
  outcome: Outcome;
  since: number;
  /** Tries since it was last up. */
  attempt: number;
  /** Cancels the next try. */
  cancel: () => void;
};

/** Milliseconds between two tries of a failed tunnel. */
const RETRY_MS = 20_000;

/**
 * One replica that speaks the agent's protocol and has no machine under it: tunnels come up, or fail, as it is told.
 * It keeps its tunnels while it is away from the server, as a real one does.
 */
export class ScriptedAgent {
  readonly #options: ScriptedAgentOptions;
  readonly #tunnels = new Map<string, Tunnel>();
  readonly #ports = new ScriptedPorts();
  #boots = 1;
  #link: Link | null = null;

  constructor(options: ScriptedAgentOptions) {
    this.#options = options;
  }

  get hostname(): string {
    return this.#options.hello.hostname;
  }

  async connect(): Promise<void> {
    const { hello, ipsec, dial } = this.#options;
    this.#link = await dial(
      (message) => {
        this.#hear(message);
      },
      () => {
        this.#link = null;
      },
    );
    const boot = `mock-boot-${this.#boots}-of-${hello.hostname}`;
    this.#say({
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      ...hello,
      boot,
      ipsec,
      abilities: [...agentAbilities],
    });
  }

  /** The machine or its network is gone. */
  disconnect(): void {
    this.#link?.closed();
    this.#link = null;
  }

  /** The machine goes down and comes up again: its tunnels begin anew, its services listen again. */
  async restart(): Promise<void> {
    this.disconnect();
    for (const tunnel of this.#tunnels.values()) tunnel.cancel();
    this.#tunnels.clear();
    this.#boots += 1;
    await this.connect();
  }

  /** A process begins to listen. */
  listen(port: number, process: string | null): void {
    this.#ports.listen(port, process);
    this.#say(this.#ports.listening());
  }

  unlisten(port: number): void {
    this.#ports.unlisten(port);
    this.#say(this.#ports.listening());
  }

  /** Its devcontainer.json is this from now on. */
  declare(declaration: Partial<Declaration>): void {
    this.#ports.declare(declaration);
    this.#say(this.#ports.declared());
  }

  /** Somebody watches from now on: what failed before is tried again, as it is all the time. */
  watched(): void {
    for (const tunnel of this.#tunnels.values()) this.#tryOn(tunnel);
    this.#report([...this.#tunnels.values()], true);
  }

  /** The tunnels of one VPN come into a state now, whatever the script said. */
  put(vpnName: string, outcome: Outcome): void {
    for (const tunnel of this.#tunnels.values())
      if (tunnel.vpn.name === vpnName) this.#settle(tunnel, outcome);
  }

  #hear(message: ToAgent): void {
    switch (message.type) {
      case 'desired':
        this.#apply(message.vpns);
        return;
      case 'retry': {
        const tunnel = this.#tunnels.get(message.vpnId);
        if (tunnel !== undefined) this.#try(tunnel.vpn);
        return;
      }
      case 'verify': {
        const answer = verified(message, this.#tunnels.get(message.vpnId)?.outcome);
        this.#options.clock.after(this.#options.tryMs(), () => {
          this.#say(answer);
        });
        return;
      }
      case 'try': {
        const { clock, outcome, tryMs, virtualIp } = this.#options;
        const answer = tried(message, outcome(message.vpn), virtualIp(message.vpn));
        if (answer !== null) clock.after(tryMs(), () => this.#say(answer));
        return;
      }
      case 'stop-trying':
        return;
      case 'token':
        this.#say({ type: 'token-stored', tokenId: message.tokenId });
        return;
      case 'welcome':
        this.#say(this.#ports.listening());
        this.#say(this.#ports.declared());
        return;
      case 'open':
        // There is no machine under it, so nothing could answer.
        this.#say({ type: 'stream-refused', stream: message.stream, code: 'unreachable' });
        return;
    }
  }

  #apply(vpns: readonly DesiredVpn[]): void {
    const wanted = new Set(vpns.map((vpn) => vpn.id));
    for (const [id, tunnel] of this.#tunnels) {
      if (wanted.has(id)) continue;
      tunnel.cancel();
      this.#tunnels.delete(id);
    }
    for (const vpn of vpns) {
      if (this.#tunnels.get(vpn.id)?.vpn.revision !== vpn.revision) this.#try(vpn);
    }
    this.#report([...this.#tunnels.values()], true);
  }

  #try(vpn: DesiredVpn): void {
    this.#tunnels.get(vpn.id)?.cancel();
    const { clock, outcome, tryMs } = this.#options;
    const connecting: Outcome = { kind: 'connecting', attempt: 1 };
    const tunnel: Tunnel = { vpn, outcome: connecting, since: clock.now(), attempt: 1, cancel: () => {} };
    this.#tunnels.set(vpn.id, tunnel);
    const ms = tryMs();
    if (ms === 0) {
      this.#settle(tunnel, outcome(vpn));
      return;
    }
    this.#report([tunnel], false);
    tunnel.cancel = clock.after(ms, () => {
      this.#settle(tunnel, outcome(vpn));
    });
  }

  #settle(tunnel: Tunnel, outcome: Outcome): void {
    tunnel.outcome = outcome;
    tunnel.since = this.#options.clock.now();
    this.#report([tunnel], false);
    this.#tryOn(tunnel);
  }

  /** Tries a failed tunnel again and again, as an agent does; here it fails each time. */
  #tryOn(tunnel: Tunnel): void {
    tunnel.cancel();
    if (tunnel.outcome.kind !== 'failed' || this.#options.tryMs() === 0) return;
    tunnel.cancel = this.#options.clock.after(RETRY_MS, () => {
      tunnel.attempt += 1;
      this.#report([tunnel], false);
      this.#tryOn(tunnel);
    });
  }

  #report(tunnels: readonly Tunnel[], complete: boolean): void {
    const { clock, virtualIp } = this.#options;
    this.#say({
      type: 'tunnels',
      complete,
      tunnels: tunnels.map(({ vpn, outcome, since, attempt }) =>
        reportOf(vpn, outcome, {
          since,
          attempt,
          nextTryAt: clock.now() + RETRY_MS,
          virtualIp: virtualIp(vpn),
        }),
      ),
    });
  }

  #say(message: FromAgent): void {
    this.#link?.receive(message);
  }
}
