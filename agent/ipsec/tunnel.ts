import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Applied } from './applied.ts';
import { endSas } from './attempt.ts';
import { Attempts } from './attempts.ts';
import type { Ask } from './change/answer.ts';
import type { ChangeRecords } from './change/changeRecords.ts';
import { Changes, type Wish } from './change/changes.ts';
import { dropMovedRoutes } from './change/routes.ts';
import type { Clock } from './clock.ts';
import { sourceOf, type LiveSas } from './liveSas.ts';
import { Loaded } from './loaded.ts';
import { isKeyLost, load } from './loading.ts';
import { Retries } from './retries.ts';
import { listen, type Session } from './session.ts';
import { TunnelStatus } from './tunnelStatus.ts';
import type { IkeSa } from './vici/sas.ts';
import { Waiting } from './waiting.ts';

/** IKEv1: what is INSTALLED here may be refused by the gateway right after. */
const SETTLE_MS = 1000;
/** An IKE_SA without children may be about to get them: charon authenticates anew by itself. */
const GRACE_MS = 4000;
const MISSING_RETRY_MS = 30_000;

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
  readonly #waiting: Waiting;
  readonly #retries: Retries;
  readonly #status: TunnelStatus;
  readonly #attempts: Attempts;
  readonly #changes: Changes;
  readonly #loaded: Loaded;
  /** What has to run. */
  #vpn: DesiredVpn;
  /** Other settings have to take the place of what is up: they didn't come up beside it. */
  #restart = false;
  #stopped = false;
  #upAt: number | null = null;

  constructor(wish: Wish, context: TunnelContext) {
    this.#context = context;
    this.#waiting = new Waiting(context.clock);
    this.#retries = new Retries(context.clock, context.random);
    this.#status = new TunnelStatus(wish.vpn, context);
    this.#attempts = new Attempts(this.#status);
    this.#loaded = new Loaded(context.applied);
    this.#changes = new Changes(wish.vpn, context, {
      loaded: () => this.#loaded.generation,
      isUp: () => this.#upAt !== null,
      live: () => this.#live(),
      replace: (generation, vpn, log) => {
        this.#loaded.generation = generation;
        this.#vpn = vpn;
        this.#status.replaced(vpn, log);
        this.#hurry();
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
    return this.#upAt === null ? null : sourceOf(this.#live());
  }

  /** Sources of routes that a change has left; charon doesn't take them away. */
  get routeSources(): readonly string[] {
    return this.#loaded.isChanged ? this.#live().virtualIps : [];
  }

  /**
   * The wanted settings are these now, with a change only if they prove themselves. Another name or revision alone leaves
   * the tunnel as it is.
   */
  update(wish: Wish): void {
    const before = this.#vpn;
    this.#vpn = this.#changes.want(wish);
    if (this.#upAt === null && !this.#context.applied.same(before, this.#vpn)) {
      this.#status.changed(this.#vpn);
      this.#retries.reset();
      this.#hurry();
    } else if (!this.#isOutdated()) {
      this.#status.renamed(this.#vpn);
    }
  }

  retry(): void {
    if (this.#upAt === null && !this.#attempts.underWay) this.#hurry();
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
    const onSas = (sas: readonly IkeSa[]) => {
      this.#loaded.sas = sas;
      this.#waiting.wake();
    };
    const silence = listen(session, (line) => this.#attempts.hear(line, 'log'), onSas);
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
      const parts = [this.#keepUp(session, up, isOpen), this.#changes.follow(session, isOpen)];
      const done = await Promise.allSettled(parts.map((part) => part.finally(end)));
      for (const part of done) if (part.status === 'rejected') throw part.reason;
    } finally {
      silence();
      this.#upAt = null;
      this.#loaded.generation = null;
      if (!this.#stopped) this.#status.lost();
    }
  }

  async #keepUp(session: Session, takenOver: boolean, isOpen: () => boolean): Promise<void> {
    let up = takenOver;
    while (isOpen()) {
      if (up) await this.#watch(session, isOpen);
      up = isOpen() && !this.#changes.hasRoom && (await this.#connect(session));
      if (this.#changes.hasRoom) await this.#waiting.look(SETTLE_MS / 10);
    }
  }

  /** A tunnel that an earlier agent brought up stays; one with other settings, until the wanted ones are up. */
  async #takeOver(session: Session): Promise<boolean> {
    if (!(await this.#loaded.takeOver(session, this.#vpn, this.#changes.tried))) return false;
    this.#status.log.follow(this.#loaded.generation?.name ?? this.#vpn.id);
    if (!this.#isOutdated()) this.#status.applied();
    return true;
  }

  /** One round: load if needed, attempt, and after a failure the wait. True when the tunnel is up. */
  async #connect(session: Session): Promise<boolean> {
    this.#waiting.begin();
    // Something may have come up beside it.
    if (!this.#isOutdated() && this.#isCarrying()) return true;
    const refusal = await this.#load(session);
    const { generation } = this.#loaded;
    if (refusal === null && (await this.#attemptOnce(session))) return true;
    const isStill = generation === this.#loaded.generation && !this.#isOutdated();
    if (!this.#stopped && isStill) await this.#fail(session, refusal);
    return false;
  }

  /** Loads key and connection where charon has others. Returns charon's words when it doesn't take them. */
  async #load(session: Session): Promise<string | null> {
    const [vpn, loaded, side] = [this.#vpn, this.#loaded.generation, this.#changes.side];
    const usable = loaded !== null && !this.#restart && !this.#isOutdated();
    // What is tried out in the same IKE_SA has put its own children in their place.
    if (usable && side !== null) return side.sharesIke ? await load(session, { ...loaded, vpn }) : null;
    if (usable && !this.#loaded.isChanged) return null;
    const areOthers = this.#isOutdated();
    if (areOthers) this.#status.changed(vpn);
    this.#restart = false;
    this.#loaded.generation = null;
    await this.#changes.cancel();
    this.#status.loading({ areOthers });
    const refusal = await this.#loaded.restart(session, vpn);
    if (refusal === null && !this.#isOutdated()) this.#status.applied();
    this.#changes.wake();
    return refusal;
  }

  async #attemptOnce(session: Session): Promise<boolean> {
    const { generation } = this.#loaded;
    if (generation === null) return false;
    this.#status.attempting(this.#retries.failures + 1);
    const installed = await this.#attempts.run(session, this.#vpn, generation);
    if (!installed || this.#stopped || this.#isOutdated()) return false;
    if (this.#vpn.ike.version === 1) await this.#waiting.pause(SETTLE_MS);
    this.#loaded.sas = await session.refresh();
    return this.#isCarrying();
  }

  /** Finds out why it failed, and waits until it is worth another try. */
  async #fail(session: Session, refusal: string | null): Promise<void> {
    await this.#endSas(session);
    const diagnosis = await this.#attempts.whyFailed(session, this.#vpn, refusal);
    if (this.#stopped || this.#isOutdated()) return;
    const delay = this.#retries.failed(diagnosis?.code ?? null);
    this.#status.failed(this.#retries.failures, this.#context.clock.now() + delay, diagnosis);
    if (refusal !== null || isKeyLost(diagnosis, this.#vpn)) this.#restart = true;
    await this.#waiting.pause(delay);
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
    if (this.#status.welcome) this.#retries.reset();
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
      await this.#waiting.look(GRACE_MS);
    }
    this.#upAt = null;
    if (!isOpen()) return;
    if (!this.#restart) await this.#down(session, clock.now() - upAt);
    await dropMovedRoutes(routeSources);
  }

  async #initiateMissing(session: Session, live: LiveSas): Promise<void> {
    const { generation } = this.#loaded;
    if (generation === null || this.#changes.side !== null) return;
    const there = new Set(live.children.map(({ name }) => name));
    await this.#attempts.runMissing(session, this.#vpn, generation, there);
    this.#loaded.sas = await session.refresh();
  }

  async #down(session: Session, upMs: number): Promise<void> {
    await session.heard();
    this.#status.down(upMs);
    const delay = this.#retries.down(upMs);
    await this.#endSas(session);
    await this.#waiting.pause(delay);
  }

  async #endSas(session: Session): Promise<void> {
    const name = this.#loaded.generation?.name;
    if (name !== undefined) await endSas(session, name);
  }

  #live(): LiveSas {
    return this.#loaded.live(this.#vpn, this.#changes.standIn);
  }

  #isCarrying(): boolean {
    return this.#live().children.length > 0;
  }

  #isOutdated(): boolean {
    return this.#loaded.differsFrom(this.#vpn);
  }

  #hurry(): void {
    this.#attempts.abort();
    this.#waiting.hurry();
  }
}
