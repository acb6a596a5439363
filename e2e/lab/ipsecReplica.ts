import type { ChildProcess } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DesiredVpn, SafeChange, TunnelReport } from '../../contract/agentProtocol.ts';
import type { TrialResult } from '../../agent/ipsec/trial/trials.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { FromHost, ToHost } from './ipsecHost.ts';
import { until, type Namespace } from './namespaces.ts';

/** A replica whose tunnels a test commands directly, without a server. */
export class IpsecReplica {
  readonly namespace: Namespace;
  readonly stateDir: string;
  /** Everything reported by the running agent, oldest first. */
  history: TunnelReport[] = [];
  capability: IpsecCapability | null = null;
  #reports = new Map<string, TunnelReport>();
  #onSource: (source: { virtualIp: string; interface: string } | null) => void = () => undefined;
  #child: ChildProcess | null = null;
  #trials: ((result: TrialResult) => void)[] = [];
  #wanted: { vpns: readonly DesiredVpn[]; changes: readonly SafeChange[] } = { vpns: [], changes: [] };

  constructor(namespace: Namespace, folder: string) {
    this.namespace = namespace;
    this.stateDir = join(folder, `state-${namespace.name}`);
    mkdirSync(this.stateDir, { recursive: true, mode: 0o700 });
  }

  start(): void {
    const script = new URL('ipsecHost.ts', import.meta.url).pathname;
    const errors = openSync(join(this.stateDir, 'agent.log'), 'a');
    const child = this.namespace.spawn([process.execPath, script, this.stateDir], {
      stdio: ['pipe', 'pipe', errors],
    });
    this.#child = child;
    this.history = [];
    this.#reports.clear();
    this.capability = null;
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        // What one that was killed had said before may come after the next has started.
        if (this.#child === child) this.#take(JSON.parse(line));
      });
    }
  }

  apply(...vpns: DesiredVpn[]): void {
    this.#wanted = { vpns, changes: [] };
    this.applyAgain();
  }

  /** Has it try this VPN out, in the place of one that it has. */
  tryOut(vpn: DesiredVpn, change: Omit<SafeChange, 'vpnId'>): void {
    this.#wanted = { vpns: [vpn], changes: [{ vpnId: vpn.id, ...change }] };
    this.applyAgain();
  }

  /** As an agent that starts again does: the same as before. */
  applyAgain(): void {
    this.#say({ type: 'apply', ...this.#wanted });
  }

  /** Tests settings beside what runs. `outcome` never resolves for an agent that is killed. */
  test(vpn: DesiredVpn, timeoutMs = 20_000): { outcome: Promise<TrialResult>; stop(): void } {
    const { promise, resolve } = Promise.withResolvers<TrialResult>();
    const id = this.#trials.push(resolve) - 1;
    this.#say({ type: 'try', id, vpn, timeoutMs });
    return {
      outcome: promise,
      stop: () => {
        this.#say({ type: 'stop-trying', id });
      },
    };
  }

  retry(vpnId: string): void {
    this.#say({ type: 'retry', vpnId });
  }

  report(vpnId: string): TunnelReport | undefined {
    return this.#reports.get(vpnId);
  }

  /** Waits for a report of this tunnel that satisfies `condition`, from now on or the last one. */
  async reported(
    vpnId: string,
    condition: (report: TunnelReport) => boolean,
    timeoutMs = 15_000,
  ): Promise<TunnelReport> {
    let found: TunnelReport | undefined;
    const seen = this.history.length;
    try {
      await until(() => {
        found = [this.report(vpnId), ...this.history.slice(seen)].find(
          (report) => report !== undefined && report.vpnId === vpnId && condition(report),
        );
        return found !== undefined;
      }, timeoutMs);
    } catch {
      throw new Error(
        `Waited for ${condition.toString()}; the last report: ${JSON.stringify(this.report(vpnId))}`,
      );
    }
    if (!found) throw new Error('unreachable');
    return found;
  }

  up(vpn: DesiredVpn, timeoutMs?: number): Promise<TunnelReport> {
    return this.reported(
      vpn.id,
      ({ state, appliedRevision }) => state === 'up' && appliedRevision === vpn.revision,
      timeoutMs,
    );
  }

  failed(vpn: DesiredVpn, timeoutMs?: number): Promise<TunnelReport> {
    return this.reported(vpn.id, ({ state }) => state === 'failed', timeoutMs);
  }

  /** Waits until nothing of this tunnel is reported any more. */
  gone(vpnId: string): Promise<void> {
    return until(() => !this.#reports.has(vpnId), 10_000);
  }

  /** What the agent says is the source of traffic into this tunnel. */
  async source(vpnId: string): Promise<{ virtualIp: string; interface: string } | null> {
    const answered = new Promise<{ virtualIp: string; interface: string } | null>((resolve) => {
      this.#onSource = resolve;
    });
    this.#say({ type: 'source', vpnId });
    return await answered;
  }

  /** One ping; its round trip in milliseconds, null without an answer within a second. */
  async ping(address: string): Promise<number | null> {
    const { stdout } = await this.namespace.exec(['ping', '-n', '-c', '1', '-W', '1', address]);
    const time = /time=([\d.]+) ms/.exec(stdout)?.[1];
    return time === undefined ? null : Number(time);
  }

  /** Processes of charon in this replica, without those that only say their version. */
  async charons(): Promise<{ pid: number; startTime: string }[]> {
    const own = await this.namespace.processes();
    const named = await Promise.all(
      own.map(async (entry) => ({ entry, command: await commandOf(entry.pid) })),
    );
    return named.filter(({ command }) => command.endsWith('/charon')).map(({ entry }) => entry);
  }

  /** What IPsec has left in the network: routes, rules, firewall, addresses of tunnels. */
  async traces(): Promise<string> {
    const script =
      'ip rule | grep 220; ip route show table 220; ip address show | grep -E "ipsec0|inet 10\\."; nft list ruleset';
    return (await this.namespace.exec(['sh', '-c', script])).stdout;
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    await this.#ended(() => this.#child?.kill('SIGKILL'));
  }

  async close(options: { keepTunnels: boolean }): Promise<void> {
    await this.#ended(() => this.#say({ type: 'close', ...options }));
  }

  async #ended(end: () => void): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    end();
    await exited;
  }

  #say(message: ToHost): void {
    this.#child?.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  #take(message: FromHost): void {
    if (message.type === 'capability') this.capability = message.capability;
    if (message.type === 'tried') this.#trials[message.id]?.(message.result);
    if (message.type === 'source') this.#onSource(message.source);
    if (message.type !== 'reports') return;
    if (message.complete) this.#reports.clear();
    for (const report of message.reports) {
      this.#reports.set(report.vpnId, report);
      this.history.push(report);
    }
  }
}

/** Its program and arguments, with a space between them; empty: it has ended. */
async function commandOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.replaceAll('\0', ' ').trim();
}
