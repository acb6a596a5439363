import {
  AGENT_PROTOCOL,
  agentAbilities,
  type FromAgent,
  type ToAgent,
} from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { ChangeOutcome, Outcome } from './outcome.ts';
import { type Declaration, type Processes, ScriptedPorts } from './scriptedPorts.ts';
import { ScriptedTunnels, type TunnelScript } from './scriptedTunnels.ts';
import { tried } from './tried.ts';
import { verified } from './verified.ts';

/** The server's end of a scripted agent's connection, as the hub gave it. */
export type Link = { receive(message: FromAgent): void; closed(): void };

export type ScriptedAgentOptions = TunnelScript & {
  hello: Omit<Extract<FromAgent, { type: 'hello' }>, 'type' | 'protocol' | 'ipsec' | 'boot'>;
  ipsec: IpsecCapability;
  /** Opens a connection to the hub, which sends what it says to `onMessage`, and calls `onClose` when it ends it. */
  dial: (onMessage: (message: ToAgent) => void, onClose: () => void) => Promise<Link>;
};

/**
 * One replica that speaks the agent's protocol and has no machine under it: tunnels come up, or fail, as it is told.
 * It keeps its tunnels while it is away from the server, as a real one does.
 */
export class ScriptedAgent {
  readonly #options: ScriptedAgentOptions;
  readonly #tunnels: ScriptedTunnels;
  readonly #ports = new ScriptedPorts();
  #boots = 1;
  #trialBegins = Promise.withResolvers<void>();
  #link: Link | null = null;

  constructor(options: ScriptedAgentOptions) {
    this.#options = options;
    this.#tunnels = new ScriptedTunnels(options, (message) => this.#say(message));
  }

  get hostname(): string {
    return this.#options.hello.hostname;
  }

  /** Resolves once the server has made it welcome, or turned it away. */
  async connect(): Promise<void> {
    const { hello, ipsec, dial } = this.#options;
    const answered = Promise.withResolvers<void>();
    this.#link = await dial(
      (message) => {
        this.#hear(message);
        if (message.type === 'welcome') answered.resolve();
      },
      () => {
        this.#link = null;
        answered.resolve();
      },
    );
    const boot = `mock-boot-${this.#boots}-of-${hello.hostname}`;
    const abilities = [...agentAbilities];
    this.#say({ type: 'hello', protocol: AGENT_PROTOCOL, ...hello, boot, ipsec, abilities });
    await answered.promise;
  }

  /** The machine or its network is gone. */
  disconnect(): void {
    this.#link?.closed();
    this.#link = null;
  }

  /** The machine goes down and comes up again: its tunnels begin anew, its services listen again. */
  async restart(): Promise<void> {
    this.disconnect();
    this.#tunnels.clear();
    this.#boots += 1;
    await this.connect();
  }

  /** Resolves once somebody has it test settings, from now on. */
  async nextTrial(): Promise<void> {
    this.#trialBegins = Promise.withResolvers();
    await this.#trialBegins.promise;
  }

  /** Processes begin to listen, and the server is told of all of them at once. */
  listen(processes: Processes): void {
    this.#ports.listen(processes);
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

  /** Somebody watches from now on. */
  watched(): void {
    this.#tunnels.watched();
  }

  /** The tunnels of one VPN come into a state now, whatever the script said. */
  put(vpnName: string, outcome: Outcome): void {
    this.#tunnels.put(vpnName, outcome);
  }

  /** The change of a VPN that it tries out ends now. */
  endChange(vpnName: string, outcome: ChangeOutcome): void {
    this.#tunnels.endChange(vpnName, outcome);
  }

  #hear(message: ToAgent): void {
    const { clock, outcome, tryMs, virtualIp } = this.#options;
    switch (message.type) {
      case 'desired':
        this.#tunnels.apply(message.vpns, message.changes ?? []);
        return;
      case 'retry':
        this.#tunnels.retry(message.vpnId);
        return;
      case 'verify': {
        const answer = verified(message, this.#tunnels.outcomeOf(message.vpnId));
        clock.after(tryMs(), () => this.#say(answer));
        return;
      }
      case 'try': {
        this.#trialBegins.resolve();
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

  #say(message: FromAgent): void {
    this.#link?.receive(message);
  }
}
