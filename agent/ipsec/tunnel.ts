import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Applied } from './applied.ts';
import { endSas, runAttempt } from './attempt.ts';
import { Bell } from './bell.ts';
import type { Ask } from './change/answer.ts';
import type { ChangeRecords } from './change/changeRecords.ts';
import { Changes, type Wish } from './change/changes.ts';
import { dropMovedRoutes } from './change/routes.ts';
import type { Clock } from './clock.ts';
import { firstGeneration, isFirst, namesOf, type Generation } from './generations.ts';
import { isAmbiguous, probeIdentity } from './identityProbe.ts';
import { liveSasOf, type LiveSas } from './liveSas.ts';
import { load, loadVpn, unload } from './loading.ts';
import { retryDelay } from './schedule.ts';
import type { Session } from './session.ts';
import { findLeft } from './takeOver.ts';
import { TunnelStatus } from './tunnelStatus.ts';
import type { LogLine } from './vici/client.ts';
import type { IkeSa } from './vici/sas.ts';

/** IKEv1: what is INSTALLED here may be refused by the gateway right after. */
const SETTLE_MS = 1000;
/** An IKE_SA without children may be about to get them: charon authenticates anew by itself. */
const GRACE_MS = 4000;
/** A tunnel that lived shorter isn't started again at once. */
const STABLE_MS = 30_000;
const MISSING_RETRY_MS = 30_000;
const UNANSWERED = new Set(['gateway_unreachable', 'udp_4500_blocked', 'gateway_lost', 'no_route']);

export type TunnelContext = {
  clock: Clock;
  random: () => number;
  applied: Applied;
  records: ChangeRecords;
  ask: Ask;
  capability: () => IpsecCapability;
  onChange: () => void;
};

/**
 * Keeps one VPN's tunnel up: loads it, initiates it, watches it, and starts over with a growing delay. `run` does so for
 * one life of charon; everything else only says what has changed. Changes of a tunnel that is up are in change/: here what
 * they come to takes the place of what ran before.
 */
export class Tunnel {
  readonly #context: TunnelContext;
  readonly #bell: Bell;
  readonly #status: TunnelStatus;
  readonly #changes: Changes;
  /** What has to run. */
  #vpn: DesiredVpn;
  /** What charon has of it; null: nothing that counts. */
  #loaded: Generation<DesiredVpn | null> | null = null;
  #sas: readonly IkeSa[] = [];
  #urgent = false;
  /** Other settings have to take the place of what is up: they didn't come up beside it. */
  #restart = false;
  #stopped = false;
  #failures = 0;
  #upAt: number | null = null;
  #lastUpAt: number | null = null;
  #attempt: AbortController | null = null;

  constructor(wish: Wish, context: TunnelContext) {
    this.#context = context;
    this.#bell = new Bell(context.clock);
    this.#status = new TunnelStatus(wish.vpn, context);
    this.#changes = new Changes(wish.vpn, context, {
      loaded: () => this.#loaded,
      isUp: () => this.#upAt !== null,
      live: () => this.#live(),
      replace: (generation, vpn, log) => {
        this.#loaded = generation;
        this.#vpn = vpn;
        this.#status.replaced(vpn, log);
        this.#bell.ring();
      },
      restart: () => {
        this.#restart = true;
        this.#hurry();
      },
      say: (change) => {
        this.#status.changing(change);
      },
    });
    this.#vpn = this.#changes.want(wish);
    this.#status.changed(this.#vpn);
  }

  get report(): TunnelReport {
    return this.#status.report;
  }

  /** Address that traffic into the tunnel comes from; null unless it is up. */
  get sourceAddress(): string | null {
    if (this.#upAt === null) return null;
    const live = this.#live();
    return live.virtualIps[0] ?? live.children[0]?.localSelectors[0]?.split('/')[0] ?? null;
  }

  /** Sources of routes that a change has left; charon doesn't take them away. */
  get routeSources(): readonly string[] {
    return this.#loaded !== null && isFirst(this.#loaded) ? [] : this.#live().virtualIps;
  }

  /**
   * The wanted settings are these now, with a change only if they prove themselves. Another name or revision alone leaves
   * the tunnel as it is.
   */
  update(wish: Wish): void {
    const before = this.#vpn;
    this.#vpn = this.#changes.want(wish);
    if (this.#upAt !== null) {
      if (!this.#isOutdated()) this.#status.renamed(this.#vpn);
    } else if (this.#context.applied.same(before, this.#vpn)) {
      this.#status.renamed(this.#vpn);
    } else {
      this.#status.changed(this.#vpn);
      this.#failures = 0;
      this.#hurry();
    }
  }

  retry(): void {
    if (this.#upAt === null && this.#attempt === null) this.#hurry();
  }

  /** Ends `run` soon, leaving charon's SAs alone. */
  stop(): void {
    this.#stopped = true;
    this.#changes.leave();
    this.#hurry();
  }

  /** This machine can't do IPsec (now). */
  unsupported(): void {
    this.#status.unsupported();
  }

  /** Keeps the tunnel up until charon ends or `stop` is called. Rejects with ViciError when charon doesn't answer. */
  async run(session: Session): Promise<void> {
    const unsubscribe = [
      session.onLog((line) => {
        this.#take(line, 'log');
      }),
      session.onSas((sas) => {
        this.#sas = sas;
        this.#bell.ring();
      }),
    ];
    let open = true;
    const end = () => {
      open = false;
      this.#changes.leave();
      this.#hurry();
    };
    const isOpen = () => open && !this.#stopped;
    void session.closed.then(end);
    try {
      const up = await this.#takeOver(session);
      const work = [this.#keepUp(session, up, isOpen), this.#changes.follow(session, isOpen)];
      const done = await Promise.allSettled(work.map((part) => part.finally(end)));
      for (const part of done) if (part.status === 'rejected') throw part.reason;
    } finally {
      for (const unsubscribed of unsubscribe) unsubscribed();
      this.#upAt = null;
      this.#loaded = null;
      if (!this.#stopped) this.#status.lost();
    }
  }

  async #keepUp(session: Session, takenOver: boolean, isOpen: () => boolean): Promise<void> {
    let up = takenOver;
    while (isOpen()) {
      if (up) await this.#watch(session, isOpen);
      up = isOpen() && (await this.#connect(session));
    }
  }

  /** A tunnel that an earlier agent brought up stays; one with other settings, until the wanted ones are up. */
  async #takeOver(session: Session): Promise<boolean> {
    this.#sas = await session.refresh();
    const names = await session.client.connections();
    const { tried } = this.#changes;
    const { tunnel, stray } = findLeft(this.#vpn, tried, names, this.#sas, this.#context.applied);
    if (tunnel === null) return false;
    for (const name of stray) await unload(session, name);
    this.#loaded = tunnel;
    this.#status.log.follow(tunnel.name);
    if (!this.#isOutdated()) this.#status.applied();
    return true;
  }

  /** One round: load if needed, attempt, and after a failure the wait. True when the tunnel is up. */
  async #connect(session: Session): Promise<boolean> {
    this.#urgent = false;
    const refusal = await this.#load(session);
    if (refusal === null && (await this.#attemptOnce(session))) return true;
    if (!this.#stopped && !this.#isOutdated()) await this.#fail(session, refusal);
    return false;
  }

  /** Loads key and connection where charon has others. Returns charon's words when it doesn't take them. */
  async #load(session: Session): Promise<string | null> {
    const [vpn, loaded, side] = [this.#vpn, this.#loaded, this.#changes.side];
    const usable = loaded !== null && !this.#restart && !this.#isOutdated();
    // What is tried out in the same IKE_SA has put its own children in their place.
    if (usable && side !== null) return side.sharesIke ? await load(session, { ...loaded, vpn }) : null;
    if (usable && isFirst(loaded)) return null;
    if (this.#isOutdated()) this.#status.changed(vpn);
    this.#restart = false;
    this.#loaded = null;
    await this.#changes.cancel();
    this.#status.loading();
    const refusal = await loadVpn(session, vpn);
    const generation = firstGeneration(vpn);
    this.#loaded = generation;
    if (refusal !== null) return refusal;
    for (const name of namesOf(vpn.id)) this.#context.applied.delete(name);
    this.#context.applied.set(generation);
    if (!this.#isOutdated()) this.#status.applied();
    this.#changes.wake();
    return null;
  }

  async #attemptOnce(session: Session): Promise<boolean> {
    const [vpn, generation] = [this.#vpn, this.#loaded];
    if (generation === null) return false;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#status.attempting(this.#failures + 1);
    const log = (line: LogLine) => {
      this.#take(line, 'command');
    };
    const { installed } = await runAttempt(session, vpn, log, attempt.signal, { generation }).finally(() => {
      this.#attempt = null;
    });
    if (installed.length === 0 || this.#stopped || this.#isOutdated()) return false;
    if (vpn.ike.version === 1) await this.#pause(SETTLE_MS);
    this.#sas = await session.refresh();
    return this.#live().children.length > 0;
  }

  /** Finds out why it failed, and waits until it is worth another try. */
  async #fail(session: Session, refusal: string | null): Promise<void> {
    const { clock, random } = this.#context;
    if (this.#loaded !== null) await endSas(session, this.#loaded.name);
    const ambiguous = refusal === null && isAmbiguous(this.#vpn, this.#status.log.lines);
    const identityProbe = ambiguous ? await probeIdentity(session, this.#vpn) : null;
    if (this.#stopped || this.#isOutdated()) return;
    const diagnosis = this.#status.whyFailed({ refusal, identityProbe });
    this.#failures += 1;
    const now = clock.now();
    const delay = retryDelay(
      {
        failures: this.#failures,
        upAgoMs: this.#lastUpAt === null ? null : now - this.#lastUpAt,
        unanswered: UNANSWERED.has(diagnosis?.code ?? ''),
      },
      random(),
    );
    this.#status.failed(this.#failures, now + delay, diagnosis);
    // charon didn't take it: it has to be loaded again.
    if (refusal !== null) this.#restart = true;
    await this.#pause(delay);
  }

  /** Follows a tunnel that is up until it is down, or has to be. */
  async #watch(session: Session, isOpen: () => boolean): Promise<void> {
    const { clock } = this.#context;
    const age =
      Math.max(0, ...this.#live().ike.map(({ establishedSeconds }) => establishedSeconds ?? 0)) * 1000;
    const upAt = clock.now() - age;
    let [aliveAt, missingTriedAt] = [clock.now(), clock.now()];
    let routeSources: readonly string[] = [];
    this.#upAt = upAt;
    this.#status.up(this.#live(), upAt);
    if (this.#status.welcome) this.#failures = 0;
    this.#changes.wake();
    while (isOpen() && !this.#restart) {
      const live = this.#live();
      if (live.children.length > 0) {
        aliveAt = clock.now();
        routeSources = this.routeSources;
        this.#status.stillUp(live);
        if (live.missingSubnets.length > 0 && clock.now() - missingTriedAt > MISSING_RETRY_MS) {
          missingTriedAt = clock.now();
          await this.#initiateMissing(session, live);
        }
      } else if (live.ike.length === 0 || clock.now() - aliveAt > GRACE_MS) {
        break;
      }
      await this.#bell.wait(GRACE_MS);
    }
    this.#upAt = null;
    if (!isOpen()) return;
    if (!this.#restart) await this.#down(session, clock.now() - upAt);
    await dropMovedRoutes(routeSources);
  }

  /** IKEv1 negotiates each subnet by itself: those that were refused are tried again while the others carry traffic. */
  async #initiateMissing(session: Session, live: LiveSas): Promise<void> {
    const generation = this.#loaded;
    if (generation === null || this.#changes.side !== null) return;
    const there = new Set(live.children.map(({ name }) => name));
    const log = (line: LogLine) => void this.#status.log.take(line, 'command');
    await runAttempt(session, this.#vpn, log, new AbortController().signal, { generation, there });
    this.#sas = await session.refresh();
  }

  async #down(session: Session, upMs: number): Promise<void> {
    const { clock, random } = this.#context;
    this.#lastUpAt = clock.now();
    this.#status.down(upMs);
    if (this.#loaded !== null) await endSas(session, this.#loaded.name);
    if (upMs >= STABLE_MS) return;
    await this.#pause(retryDelay({ failures: 1, upAgoMs: 0, unanswered: false }, random()));
  }

  #take(line: LogLine, source: 'command' | 'log'): void {
    if (!this.#status.log.take(line, source) || this.#attempt === null) return;
    if (this.#status.overheard()) this.#attempt.abort();
  }

  /** What is loaded, or while that is gone, what has come up beside it. */
  #live(): LiveSas {
    const side = this.#changes.side;
    const live = liveSasOf(this.#vpn, this.#sas, [this.#loaded ?? firstGeneration(this.#vpn)]);
    if (live.children.length > 0 || side?.up !== true) return live;
    return liveSasOf(this.#vpn, this.#sas, [side.generation]);
  }

  /** Whether charon has something else than what has to run. */
  #isOutdated(): boolean {
    const vpn = this.#loaded?.vpn ?? null;
    return vpn === null || !this.#context.applied.same(vpn, this.#vpn);
  }

  #hurry(): void {
    this.#urgent = true;
    this.#attempt?.abort();
    this.#bell.ring();
  }

  /** Waits, unless there is something to do: a change, a retry, the end. */
  async #pause(ms: number): Promise<void> {
    const { clock } = this.#context;
    const until = clock.now() + ms;
    while (!this.#urgent && clock.now() < until) await this.#bell.wait(until - clock.now());
  }
}
