import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeReport, DesiredVpn, SafeChange, TunnelReport } from '../../../contract/agentProtocol.ts';
import { Applied } from '../applied.ts';
import { capable, guideVpn } from '../desiredVpn.testing.ts';
import { FakeCharon, ManualClock } from '../fakeCharon.testing.ts';
import { openSession, type Session } from '../session.ts';
import { Tunnels } from '../tunnels.ts';
import { ChangeRecords } from './changeRecords.ts';

/** Where the change of `tried` comes up first. */
export const NEW = 'vpn_guide+1';
export const REFUSED = 'received NO_PROPOSAL_CHOSEN notify error';
export const SILENT = 'giving up after 3 retransmits';
export const versions = [1, 2] as const;
export const check = { address: '10.250.0.5', port: null };

export const of = (version: 1 | 2, change: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ ike: { version, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] }, ...change });

/** `of` with another key. */
export const tried = (version: 1 | 2, change: Partial<DesiredVpn> = {}): DesiredVpn =>
  of(version, { revision: 2, preSharedKey: 'another', ...change });

export const safe = (version: 1 | 2, change: Partial<SafeChange> = {}): SafeChange => ({
  vpnId: 'vpn_guide',
  previous: of(version),
  limitMs: 60_000,
  check: null,
  ...change,
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An agent whose VPN changes, on a charon that the test commands. */
export class ChangingAgent {
  charon: FakeCharon;
  readonly clock = new ManualClock();
  /** Whether the address that is asked answers. */
  answers = true;
  /** Every state that was reported. */
  states: string[] = [];
  readonly #folder: string;
  #applied: Applied;
  #records: ChangeRecords;
  #tunnels: Tunnels;
  #session: Session | null = null;

  private constructor(charon: FakeCharon) {
    this.charon = charon;
    this.#folder = mkdtempSync(join(tmpdir(), 'culvert-changes-'));
    this.#applied = Applied.open(this.#folder);
    this.#records = ChangeRecords.open(this.#folder);
    this.#tunnels = this.#make();
  }

  static async start(): Promise<ChangingAgent> {
    const agent = new ChangingAgent(await FakeCharon.start());
    await agent.start();
    return agent;
  }

  /** Starts it with what the one before left on disk and in charon. */
  async start(): Promise<void> {
    this.#applied = Applied.open(this.#folder);
    this.#records = ChangeRecords.open(this.#folder);
    this.#tunnels = this.#make();
    const { socket } = this.charon;
    const process = { pid: 1, startTime: '1' };
    this.#session = await openSession({ socket, process, tunInterface: 'ipsec0', clock: this.clock });
    this.#tunnels.attach(this.#session);
  }

  async stop(): Promise<void> {
    const done = this.#tunnels.detach();
    this.#session?.close();
    await Promise.all([done, this.#written()]);
  }

  /** charon is another one, which knows nothing. */
  async replaceCharon(): Promise<void> {
    this.charon.close();
    this.charon = await FakeCharon.start();
    this.#applied.clear();
    await this.#written();
  }

  async close(): Promise<void> {
    await this.stop();
    this.charon.close();
    rmSync(this.#folder, { recursive: true });
  }

  apply(vpn: DesiredVpn, ...changes: SafeChange[]): void {
    this.#tunnels.apply([vpn], changes);
  }

  /** Up with the settings of before; what charon is told counts from here on. */
  async up(version: 1 | 2): Promise<void> {
    this.apply(of(version));
    await this.eventually(() => this.report?.state === 'up');
    this.charon.told.length = 0;
    this.states.length = 0;
  }

  get report(): TunnelReport | undefined {
    return this.#tunnels.reports()[0];
  }

  get change(): ChangeReport | null {
    return this.report?.change ?? null;
  }

  /** What became of the change, and which revision runs. */
  get outcome(): string {
    const { change, report } = this;
    const code = change?.diagnosis?.code ?? '-';
    return `${change?.state} ${change?.reason ?? '-'} ${code}, revision ${report?.appliedRevision}`;
  }

  get initiated(): number {
    return this.charon.told.filter((command) => command.startsWith('initiate')).length;
  }

  /** Waits until a change is decided, moving the clock by `stepMs` each time. */
  async decided(stepMs?: number, revision = 2): Promise<void> {
    await this.eventually(() => this.change?.revision === revision && this.change.state !== 'trying', stepMs);
  }

  /** Waits until charon has only one connection and key. */
  async settled(): Promise<void> {
    await this.eventually(() => this.charon.state.loaded.length === 1 && this.charon.state.keys.length === 1);
  }

  /** Lets I/O happen, moving the clock by `stepMs` each time, until it holds. What is written takes no time on this clock. */
  async eventually(condition: () => boolean, stepMs = 20): Promise<void> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if (condition()) return;
      this.clock.advance(stepMs);
      await this.#written();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const told = this.charon.told.join(', ');
    throw new Error(`Never: ${condition.toString()}; ${JSON.stringify(this.report)}; ${told}`);
  }

  async #written(): Promise<void> {
    await Promise.all([this.#applied.settled(), this.#records.settled()]);
  }

  #make(): Tunnels {
    return new Tunnels({
      clock: this.clock,
      applied: this.#applied,
      records: this.#records,
      ask: async () => this.answers,
      random: () => 0.5,
      capability: () => capable,
      log: silent,
      onIdle: () => undefined,
      onReport: (reports) => {
        for (const { state } of reports) this.states.push(state);
        const change = reports[0]?.change ?? null;
        const path = join(this.#folder, 'changes.json');
        if (change !== null && !readFileSync(path, 'utf8').includes(JSON.stringify(change)))
          throw new Error('A change is reported that isn’t on disk.');
      },
    });
  }
}
