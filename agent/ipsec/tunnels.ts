import type { DesiredVpn, SafeChange, TunnelReport } from '../../contract/agentProtocol.ts';
import { PROBING } from './capability.ts';
import type { Wish } from './change/changes.ts';
import { dropMovedRoutes } from './change/routes.ts';
import { vpnIdOf } from './generations.ts';
import type { IpsecLog } from './ipsec.ts';
import { unload, unloadAll } from './loading.ts';
import type { Session } from './session.ts';
import { Tunnel, type TunnelContext } from './tunnel.ts';
import { ViciError } from './vici/error.ts';

const BATCH_MS = 100;

type TunnelsOptions = Omit<TunnelContext, 'onChange'> & {
  log: IpsecLog;
  onReport: (reports: TunnelReport[], complete: boolean) => void;
  /** Nothing is wanted any more, and nothing is left. */
  onIdle: () => void;
};

/** All tunnels of this machine: makes them those that are wanted, for one charon after the other. */
export class Tunnels {
  readonly #options: TunnelsOptions;
  readonly #tunnels = new Map<string, Tunnel>();
  readonly #running = new Map<string, Promise<void>>();
  /** Removals under way, by VPN: the same VPN starts again only after its end. */
  readonly #leaving = new Map<string, Promise<void>>();
  #wanted = false;
  #session: Session | null = null;
  #dirty = new Set<string>();
  #complete = false;
  #cancelBatch: (() => void) | null = null;
  #detached = false;

  constructor(options: TunnelsOptions) {
    this.#options = options;
  }

  /** Whether it is known what is wanted: before, what charon has is left alone. */
  get decided(): boolean {
    return this.#wanted;
  }

  /** Nothing is wanted and nothing is left. */
  get idle(): boolean {
    return this.#wanted && this.#tunnels.size === 0 && this.#leaving.size === 0;
  }

  get(vpnId: string): Tunnel | undefined {
    return this.#tunnels.get(vpnId);
  }

  reports(): TunnelReport[] {
    return [...this.#tunnels.values()].map((tunnel) => tunnel.report);
  }

  apply(desired: readonly DesiredVpn[], changes: readonly SafeChange[] = []): void {
    const first = !this.#wanted;
    this.#wanted = true;
    const ids = new Set(desired.map(({ id }) => id));
    for (const id of this.#tunnels.keys()) if (!ids.has(id)) this.#remove(id);
    for (const vpn of desired) {
      const wish = { vpn, change: changes.find(({ vpnId }) => vpnId === vpn.id) ?? null };
      const tunnel = this.#tunnels.get(vpn.id);
      if (tunnel) tunnel.update(wish);
      else this.#add(wish);
    }
    if (first && this.#session) void this.#sweep(this.#session);
    this.#say([], true);
  }

  /** charon is there: every tunnel starts, or goes on. */
  attach(session: Session): void {
    this.#session = session;
    void session.closed.then(() => {
      if (this.#session === session) this.#session = null;
    });
    if (this.#wanted) void this.#sweep(session);
    for (const id of this.#tunnels.keys()) this.#start(id, session);
  }

  /** Ends all work on tunnels without touching them. */
  async detach(): Promise<void> {
    this.#detached = true;
    this.#cancelBatch?.();
    for (const tunnel of this.#tunnels.values()) tunnel.stop();
    await Promise.all([...this.#running.values(), ...this.#leaving.values()]);
  }

  unsupported(): void {
    for (const tunnel of this.#tunnels.values()) tunnel.unsupported();
  }

  #add(wish: Wish): void {
    const { vpn } = wish;
    const tunnel = new Tunnel(wish, { ...this.#options, onChange: () => this.#say([vpn.id], false) });
    this.#tunnels.set(vpn.id, tunnel);
    const { supported, code } = this.#options.capability();
    if (!supported && code !== PROBING) tunnel.unsupported();
    if (this.#session) this.#start(vpn.id, this.#session);
  }

  #start(id: string, session: Session): void {
    const tunnel = this.#tunnels.get(id);
    if (!tunnel) return;
    const before = Promise.all([this.#leaving.get(id), this.#running.get(id)]);
    const run = before
      .then(() => tunnel.run(session))
      .catch((error: unknown) => {
        this.#fault(error, session);
      });
    this.#running.set(id, run);
  }

  #remove(id: string): void {
    const [tunnel, running, session] = [this.#tunnels.get(id), this.#running.get(id), this.#session];
    this.#tunnels.delete(id);
    this.#running.delete(id);
    const routeSources = tunnel?.routeSources ?? [];
    tunnel?.stop();
    this.#options.records.set(id, null);
    const take = async () => {
      await running;
      if (session) await unloadAll(session, id);
      this.#options.applied.deleteAll(id);
      await dropMovedRoutes(routeSources);
    };
    const gone = take()
      .catch((error: unknown) => {
        if (session) this.#fault(error, session);
      })
      .then(() => {
        this.#leaving.delete(id);
        this.#options.log.info({ vpn: id }, 'The VPN’s tunnel, routes and keys are gone from this machine.');
        this.#say([], true);
        if (this.idle) this.#options.onIdle();
      });
    this.#leaving.set(id, gone);
  }

  /** Takes away what charon has and nobody wants: left by an earlier agent. */
  async #sweep(session: Session): Promise<void> {
    try {
      const [connections, keys] = [await session.client.connections(), await session.client.sharedKeys()];
      const names = new Set([...connections, ...keys]);
      const unwanted = [...names].filter((name) => !this.#tunnels.has(vpnIdOf(name)));
      for (const name of unwanted) if (!this.#leaving.has(vpnIdOf(name))) await unload(session, name);
    } catch (error) {
      this.#fault(error, session);
    }
  }

  /** charon that is gone ends the session by itself; any other fault ends it here, and a new one begins. */
  #fault(error: unknown, session: Session): void {
    if (!(error instanceof ViciError && error.code === 'closed')) {
      this.#options.log.error({ error }, 'Working with charon failed; connecting to it again.');
    }
    session.close();
  }

  #say(ids: readonly string[], complete: boolean): void {
    for (const id of ids) this.#dirty.add(id);
    this.#complete ||= complete;
    this.#cancelBatch ??= this.#options.clock.after(BATCH_MS, () => void this.#report());
  }

  /** What is said is on disk before: from there the next agent goes on, however this one ends. */
  async #report(): Promise<void> {
    const { applied, records, onReport } = this.#options;
    const all = this.#complete;
    const changed = this.reports().filter(({ vpnId }) => all || this.#dirty.has(vpnId));
    this.#complete = false;
    this.#dirty = new Set();
    await Promise.all([applied.settled(), records.settled()]);
    this.#cancelBatch = null;
    if (this.#detached) return;
    onReport(changed, all);
    if (this.#complete || this.#dirty.size > 0) this.#say([], false);
  }
}
