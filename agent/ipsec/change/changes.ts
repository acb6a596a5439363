import type { ChangeReport, DesiredVpn, SafeChange } from '../../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../../contract/workspaces.ts';
import type { Applied } from '../applied.ts';
import { endSas } from '../attempt.ts';
import { Bell } from '../bell.ts';
import type { Clock } from '../clock.ts';
import type { Generation } from '../generations.ts';
import type { LiveSas } from '../liveSas.ts';
import type { Session } from '../session.ts';
import type { TunnelLog } from '../tunnelLog.ts';
import type { Ask } from './answer.ts';
import { Candidate, type Outcome, type Trial } from './candidate.ts';
import type { ChangeRecords } from './changeRecords.ts';
import { intentOf } from './intent.ts';
import { besideConnection, sideFor, type Side } from './side.ts';

/** What the server wants of a VPN. */
export type Wish = { vpn: DesiredVpn; change: SafeChange | null };

/** The tunnel whose changes these are. */
export type ChangingTunnel = {
  /** What charon has of it; null: nothing that counts. */
  loaded(): Generation<DesiredVpn | null> | null;
  isUp(): boolean;
  /** What charon lists of what is loaded. */
  live(): LiveSas;
  /** This is up and takes the place of what was loaded, as the tunnel of `vpn`. */
  replace(generation: Generation, vpn: DesiredVpn, log: TunnelLog): void;
  /** What has to run can't come up beside what does: end that, and begin anew. */
  restart(): void;
  say(change: ChangeReport | null): void;
};

type ChangesContext = {
  clock: Clock;
  applied: Applied;
  records: ChangeRecords;
  ask: Ask;
  capability: () => IpsecCapability;
};

const aborted: Outcome = { kind: 'aborted', entangled: false };

/** With `renews` they are those that run. */
type Step = { vpn: DesiredVpn; trial: Trial | null; renews?: boolean };

/** With nothing to do it is woken, not timed. */
const IDLE_MS = 3_600_000;
/** What a candidate that is at work still needs for its verdict. */
const LATE_MS = 2000;

/**
 * The changes of one tunnel: brings other settings up beside those that run, puts them in their place when they are good,
 * and takes them away when they aren't. What runs is never touched before.
 */
export class Changes {
  readonly #context: ChangesContext;
  readonly #tunnel: ChangingTunnel;
  readonly #bell: Bell;
  /** What has to run. */
  #wanted: DesiredVpn;
  /** What is tried out beside it. */
  #tried: { vpn: DesiredVpn; trial: Trial } | null = null;
  #candidate: { step: Step; candidate: Candidate } | null = null;
  /** It didn't come up beside what runs; it is started in its place now. */
  #hopeless: DesiredVpn | null = null;
  /** What came up and wasn't taken over, until it is gone: it may be all that is up. */
  #standIn: Generation | null = null;
  /** What runs has ended to make room for what is tried out. */
  #hasRoom = false;
  #working: Promise<void> = Promise.resolve();
  #cancelDeadline = () => {};

  constructor(wanted: DesiredVpn, context: ChangesContext, tunnel: ChangingTunnel) {
    this.#wanted = wanted;
    this.#context = context;
    this.#tunnel = tunnel;
    this.#bell = new Bell(context.clock);
  }

  /** Settings that are being tried out; null: none are. */
  get tried(): DesiredVpn | null {
    return this.#tried?.vpn ?? null;
  }

  /** What comes up beside what runs at the moment; null: nothing does. */
  get side(): (Side & { up: boolean }) | null {
    const candidate = this.#candidate?.candidate;
    return candidate ? { ...candidate.side, up: candidate.up } : null;
  }

  /** What is up beside what runs, and counts while that is gone; null: nothing. */
  get standIn(): Generation | null {
    const { side } = this;
    return side?.up === true ? side.generation : this.#standIn;
  }

  /** Whether the tunnel has to stay down for a moment. */
  get hasRoom(): boolean {
    return this.#hasRoom;
  }

  /** Takes what is wanted from now on. Returns what has to run: with a change that isn't decided yet, what ran before. */
  want({ vpn, change }: Wish): DesiredVpn {
    const { applied, records, clock } = this.#context;
    const unchanged = change !== null && applied.same(vpn, change.previous);
    const key = `${vpn.revision} ${applied.fingerprint(vpn)}`;
    const now = clock.now();
    const { runs, record } = intentOf(records.get(vpn.id), key, vpn, change, { now, unchanged });
    records.set(vpn.id, record);
    this.#tunnel.say(record?.report ?? null);
    const trying = change !== null && record?.report.state === 'trying';
    this.#tried = trying ? { vpn, trial: { deadline: record.deadline, check: change.check } } : null;
    this.#wanted = runs === 'previous' && change !== null ? change.previous : vpn;
    this.#hopeless = null;
    this.#cancelDeadline();
    if (trying)
      this.#cancelDeadline = clock.after(record.deadline + LATE_MS - now, () => {
        // Nothing could even be tried: charon isn't there, or the tunnel doesn't come to rest.
        if (this.#candidate === null) this.#conclude('went-back', { reason: 'timeout', diagnosis: null });
      });
    if (this.#candidate !== null && !this.#isStill(this.#candidate.step)) this.#candidate.candidate.abort();
    this.#bell.ring();
    return this.#wanted;
  }

  /** Something of the tunnel changed. */
  wake(): void {
    this.#bell.ring();
  }

  /** Ends what is at work, leaving to charon what it has: it goes on from there when there is a charon again. */
  leave(): void {
    this.#hasRoom = false;
    this.#candidate?.candidate.abort();
    this.#bell.ring();
  }

  /** Takes away what is at work; the tunnel has nothing loaded that another could come up beside. */
  async cancel(): Promise<void> {
    this.#candidate?.candidate.abort();
    await this.#working;
  }

  /** Carries changes out until charon ends. Rejects with ViciError when it doesn't answer. */
  async follow(session: Session, isOpen: () => boolean): Promise<void> {
    while (isOpen()) {
      const step = this.#next();
      if (step === null) {
        await this.#bell.wait(IDLE_MS);
        continue;
      }
      const work = this.#carryOut(session, step, isOpen).finally(() => {
        this.#standIn = null;
      });
      this.#working = work.catch(() => undefined);
      await work;
    }
  }

  #next(): Step | null {
    if (this.#tunnel.loaded() === null) return null;
    if (this.#isOutdated()) {
      const beside = this.#tunnel.isUp() && this.#hopeless !== this.#wanted;
      return beside ? { vpn: this.#wanted, trial: null } : null;
    }
    return this.#tried;
  }

  /** Whether something else runs than what has to. */
  #isOutdated(): boolean {
    const vpn = this.#tunnel.loaded()?.vpn ?? null;
    return vpn === null || !this.#context.applied.same(vpn, this.#wanted);
  }

  #isStill({ vpn, trial, renews = false }: Step): boolean {
    // It is over in a moment, and there is nothing to go on from without it.
    if (renews) return true;
    const next = this.#next();
    if (next === null || (next.trial === null) !== (trial === null)) return false;
    return this.#context.applied.same(next.vpn, vpn);
  }

  async #carryOut(session: Session, step: Step, isOpen: () => boolean): Promise<void> {
    const current = this.#tunnel.loaded();
    if (current === null) return;
    const { applied, records } = this.#context;
    // An agent that is killed from here on goes on with it.
    await records.settled();
    const virtualIps = this.#tunnel.live().virtualIps;
    const side = sideFor({ session, applied, current, vpn: step.vpn, virtualIps });
    const outcome = this.#isStill(step) ? await this.#try(session, side, step) : aborted;
    if (!isOpen()) return;
    if (outcome.kind === 'proven') {
      if (step.trial !== null) this.#conclude('kept', { reason: null, diagnosis: null });
      await this.#takeOver(side, outcome.log);
    } else if (outcome.kind === 'aborted' || step.trial !== null) {
      if (outcome.kind === 'failed') this.#conclude('went-back', outcome);
      if (outcome.entangled) await this.#renew(session, current, isOpen);
      if (isOpen()) await side.drop();
      this.#hasRoom = false;
    } else {
      this.#hopeless = this.#wanted;
      await side.drop();
      this.#tunnel.restart();
    }
  }

  async #try(session: Session, side: Side, step: Step): Promise<Outcome> {
    const { clock, ask, capability } = this.#context;
    const missing = this.#tunnel.live().missingSubnets;
    const { trial } = step;
    const makeRoom = async () => {
      const name = this.#tunnel.loaded()?.name;
      this.#hasRoom = true;
      if (name !== undefined) await endSas(session, name);
    };
    const options = { session, side, trial, missing, clock, ask, makeRoom, capability };
    const candidate = new Candidate(options);
    this.#candidate = { step, candidate };
    return await candidate.run().finally(() => {
      if (candidate.up) this.#standIn = side.generation;
      this.#candidate = null;
    });
  }

  async #takeOver(side: Side, log: TunnelLog): Promise<void> {
    const before = this.#tunnel.live().virtualIps;
    this.#hasRoom = false;
    this.#tunnel.replace(side.generation, this.#wanted, log);
    const now = this.#tunnel.live().virtualIps;
    await side.takeOver({ before, now });
  }

  /**
   * What runs gets an IKE_SA of its own again, before one goes that a gateway took for the same. A strongSwan gateway ends the
   * earlier one by itself 10 s after that (adopt_children_job.c; seen on 5.9.8): what was tried out stands in meanwhile.
   */
  async #renew(
    session: Session,
    current: Generation<DesiredVpn | null>,
    isOpen: () => boolean,
  ): Promise<void> {
    const { vpn } = current;
    if (vpn === null) return;
    const { applied } = this.#context;
    const virtualIps = this.#tunnel.live().virtualIps;
    const side = besideConnection({ session, applied, current, vpn, virtualIps });
    const outcome = await this.#try(session, side, { vpn, trial: null, renews: true });
    if (!isOpen()) return;
    if (outcome.kind === 'proven') {
      await this.#takeOver(side, outcome.log);
      return;
    }
    await side.drop();
    this.#tunnel.restart();
  }

  #conclude(
    state: 'kept' | 'went-back',
    { reason, diagnosis }: Pick<ChangeReport, 'reason' | 'diagnosis'>,
  ): void {
    const { records, clock } = this.#context;
    const record = records.get(this.#wanted.id);
    this.#cancelDeadline();
    if (this.#tried === null || record === null) return;
    if (state === 'kept') this.#wanted = this.#tried.vpn;
    this.#tried = null;
    const at = new Date(clock.now()).toISOString();
    const report: ChangeReport = { ...record.report, state, reason, diagnosis, at };
    records.set(record.vpnId, { ...record, report });
    this.#tunnel.say(report);
  }
}
