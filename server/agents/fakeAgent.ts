import {
  AGENT_PROTOCOL,
  agentAbilities,
  type DeclaredPort,
  type FromAgent,
  type ListeningPort,
  type ToAgent,
  type TunnelReport,
} from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { AgentHub } from './hub.ts';

export const capable: IpsecCapability = {
  supported: true,
  backend: 'kernel',
  strongswanVersion: '5.9.8',
  code: null,
  reason: null,
  fix: null,
};

export const incapable: IpsecCapability = {
  supported: false,
  backend: null,
  strongswanVersion: null,
  code: 'no_tun',
  reason: 'There is no /dev/net/tun.',
  fix: 'sudo modprobe tun',
};

/** An agent for tests: speaks the protocol to the hub over no transport at all, and keeps what it hears. */
export class FakeAgent {
  readonly heard: ToAgent[] = [];
  closedWith: { code: number; reason: string } | null = null;
  private readonly hub: AgentHub;
  private attached: ReturnType<AgentHub['attach']> | null = null;
  private readonly identity: { key: string; secret: string };

  constructor(hub: AgentHub, name = 'one') {
    this.hub = hub;
    this.identity = { key: `key-of-${name}`.padEnd(20, '-'), secret: `secret-of-${name}`.padEnd(40, '-') };
  }

  /** Dials with a join token, as after a successful upgrade. Throws with the problem's code where it is refused before. */
  async dial(token: string): Promise<this> {
    const found = await this.hub.authenticate(token);
    if (!found.ok) throw new Error(found.problem);
    this.closedWith = null;
    this.heard.length = 0;
    this.attached = this.hub.attach(found.access, {
      send: (text) => this.heard.push(JSON.parse(text)),
      close: (code, reason) => {
        this.closedWith = { code, reason };
      },
    });
    return this;
  }

  /** Dials and says hello; what the server sends in answer has arrived when it resolves. */
  async join(
    token: string,
    options: { ipsec?: IpsecCapability; secret?: string; boot?: string; abilities?: string[] } = {},
  ): Promise<this> {
    await this.dial(token);
    await this.say({
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      replica: { key: this.identity.key, secret: options.secret ?? this.identity.secret },
      boot: options.boot ?? 'boot-1',
      hostname: 'host-1',
      platform: 'linux-x64',
      agentVersion: '0.1.0',
      ipsec: options.ipsec ?? capable,
      abilities: options.abilities ?? [...agentAbilities],
    });
    await this.hub.settled();
    return this;
  }

  async say(message: FromAgent): Promise<void> {
    await this.sayText(JSON.stringify(message));
  }

  async sayText(text: string): Promise<void> {
    await this.attached?.receive(text);
  }

  async report(tunnels: TunnelReport[], complete = false): Promise<void> {
    await this.say({ type: 'tunnels', complete, tunnels });
    await this.hub.settled();
  }

  /** Says what listens: numbers alone, or with more. */
  async ports(...ports: (number | (Partial<ListeningPort> & { port: number }))[]): Promise<void> {
    const listening = ports.map((port) => ({
      address: '127.0.0.1',
      process: 'node',
      ...(typeof port === 'number' ? { port } : port),
    }));
    await this.say({ type: 'ports', ports: listening });
  }

  /** Says what its devcontainer.json declares. */
  async declaredPorts(
    ports: (Partial<DeclaredPort> & { port: number })[],
    more: { otherPorts?: DeclaredPort['onAutoForward']; problem?: string } = {},
  ): Promise<void> {
    await this.say({
      type: 'declared-ports',
      ports: ports.map((port) => ({
        forward: false,
        label: null,
        protocol: null,
        onAutoForward: null,
        ...port,
      })),
      otherPorts: more.otherPorts ?? null,
      problem: more.problem ?? null,
    });
  }

  /** The transport is gone. */
  async hangUp(): Promise<void> {
    this.attached?.closed();
    await this.hub.settled();
  }

  all<Type extends ToAgent['type']>(type: Type): Extract<ToAgent, { type: Type }>[] {
    return this.heard.filter((message): message is Extract<ToAgent, { type: Type }> => message.type === type);
  }

  /** The newest message of this kind. */
  last<Type extends ToAgent['type']>(type: Type): Extract<ToAgent, { type: Type }> {
    const message = this.all(type).at(-1);
    if (!message) throw new Error(`The agent has heard no ${type}.`);
    return message;
  }

  get replica(): { id: string; name: string } {
    return this.last('welcome').replica;
  }
}

/** A report as an agent makes it; up since the morning unless said otherwise. */
export const tunnelReport = (vpnId: string, changes: Partial<TunnelReport> = {}): TunnelReport => ({
  vpnId,
  state: 'up',
  since: '2026-11-21T08:00:00.000Z',
  attempt: 0,
  nextTryAt: null,
  virtualIp: '10.200.0.1',
  bytesIn: 100,
  bytesOut: 200,
  ikeEstablishedAt: '2026-11-21T08:00:00.000Z',
  ikeSuite: 'AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
  espSuite: 'AES_CBC-256/HMAC_SHA2_256_128',
  remoteSubnets: ['10.250.0.0/24'],
  appliedRevision: 1,
  diagnosis: null,
  ...changes,
});
