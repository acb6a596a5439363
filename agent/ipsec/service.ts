import type { IpsecCapability } from '../../contract/workspaces.ts';
import { Bell } from './bell.ts';
import { judgeMachine, PROBING, type MachineFacts } from './capability.ts';
import { releaseMovedRoutes } from './change/routes.ts';
import { adoptCharon, startCharon, stopCharon } from './charon.ts';
import { charonConfig, type CharonPaths } from './charonConfig.ts';
import type { Clock } from './clock.ts';
import { tunInterfaceOf } from './interfaces.ts';
import type { IpsecLog } from './ipsec.ts';
import { probeMachine } from './machine.ts';
import { Protection, type Peers } from './protection.ts';
import { openSession, type Session } from './session.ts';

/** A machine that can't do IPsec is looked at again this often, so that it mends itself once it is mended. */
const UNSUPPORTED_MS = 5000;
const IDLE_MS = 60_000;
/** A charon that lived shorter than this died of something that waiting may cure. */
const SHORT_LIFE_MS = 10_000;
const RESTART_MS = { first: 200, cap: 30_000 };

type ServiceOptions = {
  paths: CharonPaths;
  clock: Clock;
  log: IpsecLog;
  /** unknown: what is wanted isn't known yet, so charon is neither started nor ended. */
  demand: () => 'unknown' | 'none' | 'some';
  peers: () => Peers;
  onCapability: (capability: IpsecCapability) => void;
  /** A new charon knows nothing; an adopted one has what an earlier agent told it. */
  onSession: (session: Session, adopted: boolean) => void;
};

const probing: IpsecCapability = {
  supported: false,
  backend: null,
  strongswanVersion: null,
  code: PROBING,
  reason: 'The agent is still looking at what this machine can do.',
  fix: null,
};

/**
 * Keeps a charon running while tunnels are wanted: looks at the machine, starts or adopts charon, starts it again when it
 * dies. Without tunnels there is no charon, and nothing of Culvert in the machine's network.
 */
export class CharonService {
  readonly #options: ServiceOptions;
  readonly #bell: Bell;
  readonly #protection: Protection;
  readonly #done: Promise<void>;
  #capability = probing;
  #closing = false;
  #session: Session | null = null;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#bell = new Bell(options.clock);
    this.#protection = new Protection({ peers: options.peers });
    this.#done = this.#run();
  }

  get capability(): IpsecCapability {
    return this.#capability;
  }

  /** What is wanted has changed. */
  nudge(): void {
    this.#bell.ring();
    if (this.#session && this.#options.demand() === 'none') this.#session.close();
    else if (this.#session)
      this.#protection.apply(this.#session.tunInterface).catch((error: unknown) => {
        this.#warn(error);
      });
  }

  /** Lets go of charon, and ends it unless `keepCharon`. */
  async close({ keepCharon }: { keepCharon: boolean }): Promise<void> {
    this.#closing = true;
    this.#bell.ring();
    this.#session?.close();
    await this.#done;
    if (!keepCharon) await this.#clear();
  }

  async #run(): Promise<void> {
    let restart = RESTART_MS.first;
    while (!this.#closing) {
      const bornAt = this.#options.clock.now();
      const wait = await this.#live().catch((error: unknown) => {
        this.#warn(error);
        return restart;
      });
      const short = this.#options.clock.now() - bornAt < SHORT_LIFE_MS;
      restart = short ? Math.min(restart * 2, RESTART_MS.cap) : RESTART_MS.first;
      if (!this.#closing) await this.#bell.wait(wait ?? restart);
    }
  }

  /** One life of charon. Resolves with how long to wait before the next; null: it died. */
  async #live(): Promise<number | null> {
    const { paths, demand, log } = this.#options;
    const adopted = await adoptCharon(paths);
    const facts = await probeMachine();
    const capability = judgeMachine(adopted === null ? facts : { ...facts, ikePorts: null });
    if (!capability.supported && adopted === null) {
      this.#say(capability);
      return UNSUPPORTED_MS;
    }
    // With work to do, it is said once charon runs: what can't be foreseen may still be in the way.
    if (adopted === null && demand() !== 'some') this.#say(capability);
    if (demand() === 'none') {
      await this.#clear();
      return demand() === 'none' ? IDLE_MS : 0;
    }
    if (adopted === null && demand() === 'unknown') return IDLE_MS;
    const process = adopted ?? (await this.#start(facts, capability));
    if (process === null) return UNSUPPORTED_MS;
    const tunInterface = tunInterfaceOf(process.pid);
    if (tunInterface === null && capability.backend !== 'kernel') {
      // Without its name the firewall couldn't stand in front of it.
      this.#obstruct(capability, 'no_tun', new Error('charon’s tunnel interface can’t be found.'));
      return UNSUPPORTED_MS;
    }
    const session = await openSession({
      socket: paths.socket,
      process,
      tunInterface,
      clock: this.#options.clock,
    });
    log.info(
      { pid: process.pid, backend: capability.backend, adopted: adopted !== null },
      'charon is running.',
    );
    try {
      // Before the first tunnel is up.
      await this.#protection.apply(tunInterface);
    } catch (error) {
      session.close();
      this.#obstruct(capability, 'firewall_fails', error);
      return UNSUPPORTED_MS;
    }
    this.#say(capability);
    if (this.#closing) session.close();
    this.#session = session;
    this.#options.onSession(session, adopted !== null);
    await session.closed;
    this.#session = null;
    if (!this.#closing && demand() === 'some')
      log.warn({ pid: process.pid }, 'charon is gone; starting it again.');
    return demand() === 'some' ? null : 0;
  }

  async #start(facts: MachineFacts, capability: IpsecCapability) {
    const { charon } = facts;
    const { paths } = this.#options;
    if (charon === null || capability.backend === null) return null;
    try {
      return await startCharon(charon, paths, charonConfig(paths, capability.backend));
    } catch (error) {
      this.#obstruct(capability, 'charon_fails', error);
      return null;
    }
  }

  /** Something that only shows when it is tried. */
  #obstruct(capability: IpsecCapability, code: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#say({ ...capability, supported: false, backend: null, code, reason, fix: null });
  }

  async #clear(): Promise<void> {
    await stopCharon(this.#options.paths);
    await Promise.all([this.#protection.remove(), releaseMovedRoutes()]);
  }

  #say(capability: IpsecCapability): void {
    if (JSON.stringify(capability) === JSON.stringify(this.#capability)) return;
    this.#capability = capability;
    if (!capability.supported) this.#options.log.warn({ code: capability.code }, capability.reason ?? '');
    this.#options.onCapability(capability);
  }

  #warn(error: unknown): void {
    this.#options.log.warn({ error }, 'charon can’t be used now; trying again.');
  }
}
