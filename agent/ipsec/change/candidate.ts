import type { ChangeReport } from '../../../contract/agentProtocol.ts';
import { diagnose, type Diagnosed, type Evidence } from '../../../contract/diagnoses.ts';
import type { IpsecCapability } from '../../../contract/workspaces.ts';
import { runAttempt } from '../attempt.ts';
import { Bell } from '../bell.ts';
import type { Clock } from '../clock.ts';
import { evidenceAbout } from '../evidence.ts';
import { isAmbiguous, probeIdentity } from '../identityProbe.ts';
import { liveSasOf, sourceOf, type LiveSas } from '../liveSas.ts';
import { listen, type Session } from '../session.ts';
import { TunnelLog } from '../tunnelLog.ts';
import type { LogLine } from '../vici/client.ts';
import type { IkeSa } from '../vici/sas.ts';
import type { Ask, Check } from './answer.ts';
import type { Side } from './side.ts';
import { judge, REFUSALS_MAX, type Verdict } from './verdict.ts';

/** IKEv1: what is INSTALLED here may be refused by the gateway right after. */
const SETTLE_MS = 1000;
const AGAIN_MS = { refused: 3000, unanswered: 1000 };
const LOOK_MS = 500;
const ANSWER_MS = 1000;

/** How settings are tried out; without, they count as soon as they are up, and one failure is enough. */
export type Trial = { deadline: number; check: Check | null };

export type Outcome =
  | { kind: 'proven'; log: TunnelLog }
  | {
      kind: 'failed';
      reason: NonNullable<ChangeReport['reason']>;
      diagnosis: Diagnosed | null;
      /** What runs ends with it, unless it is renewed before. */
      entangled: boolean;
    }
  | { kind: 'aborted'; entangled: boolean };

type CandidateOptions = {
  session: Session;
  side: Side;
  trial: Trial | null;
  /** Subnets that the tunnel doesn't have as it is: they needn't come up. */
  missing: readonly string[];
  clock: Clock;
  ask: Ask;
  /** Ends what runs, so that what it takes up at the gateway is free. */
  makeRoom: () => Promise<void>;
  capability: () => IpsecCapability;
};

/** Sets up other settings beside what runs, and finds out whether they are any good. What runs isn't touched. */
export class Candidate {
  readonly #options: CandidateOptions;
  readonly #bell: Bell;
  readonly #ended = new AbortController();
  #log: TunnelLog;
  #sas: readonly IkeSa[] = [];
  #attempt: AbortController | null = null;
  #upAt: number | null = null;
  #nextTryAt = 0;
  #refusals = 0;
  #answered: boolean | null;
  #asking = false;
  #nextAskAt = 0;
  #hasRoom = false;
  #established = false;
  #evidence: Partial<Evidence> | null = null;

  constructor(options: CandidateOptions) {
    this.#options = options;
    this.#bell = new Bell(options.clock);
    this.#log = new TunnelLog(options.side.generation.name);
    this.#answered = options.trial?.check ? false : null;
  }

  get side(): Side {
    return this.#options.side;
  }

  get up(): boolean {
    return this.#upAt !== null;
  }

  /** Nobody wants it any more. What it has set up is left to the caller. */
  abort(): void {
    this.#ended.abort();
    this.#attempt?.abort();
    this.#bell.ring();
  }

  /** Rejects with ViciError when charon goes away. */
  async run(): Promise<Outcome> {
    const { session, clock } = this.#options;
    const silence = listen(
      session,
      (line) => {
        this.#take(line, 'log');
      },
      (sas) => {
        this.#sas = sas;
        this.#bell.ring();
      },
    );
    try {
      // What an agent that was killed had set up already counts.
      this.#sas = await session.refresh();
      this.#look();
      for (;;) {
        if (this.#isEnded()) return { kind: 'aborted', entangled: this.#isEntangled() };
        if (this.#upAt === null && clock.now() >= this.#nextTryAt) await this.#try();
        if (this.#isEnded()) continue;
        const verdict = await this.#judge();
        if (verdict.kind === 'keep') return { kind: 'proven', log: this.#log };
        if (verdict.kind === 'go-back') return await this.#failed(verdict.reason);
        await this.#bell.wait(LOOK_MS);
        this.#look();
      }
    } finally {
      silence();
    }
  }

  async #judge(): Promise<Verdict> {
    const { clock, trial, session } = this.#options;
    if (trial === null) return this.#upAt === null ? { kind: 'go-back', reason: 'failed' } : { kind: 'keep' };
    if (trial.check !== null && this.#upAt !== null) this.#askOnce(trial.check);
    const facts = () => ({
      now: clock.now(),
      deadline: trial.deadline,
      upAt: this.#upAt,
      silent: this.#isSilent(),
      answered: this.#answered,
      refusals: this.#refusals,
      diagnosed: this.#evidence !== null,
    });
    if (judge(facts()).kind !== 'keep') return judge(facts());
    // What charon said last may be two seconds old.
    this.#sas = await session.refresh();
    this.#look();
    return judge(facts());
  }

  async #try(): Promise<void> {
    const { session, side, clock, trial } = this.#options;
    const { vpn, name } = side.generation;
    if (side.sharesIke) this.#log = new TunnelLog(name);
    else this.#log.begin();
    const refusal = await side.load();
    if (refusal !== null) {
      this.#fail({ refusal }, REFUSALS_MAX);
      return;
    }
    const attempt = new AbortController();
    this.#attempt = attempt;
    const line = (entry: LogLine) => {
      this.#take(entry, 'command');
    };
    const generation = { name, children: side.fresh };
    const end = async () => {
      if (!this.#isEntangled()) await side.end();
    };
    const there = new Set<string>();
    // One that nobody answers takes 10 s: the limit ends it. Why it fails, one before it has told.
    let isCut = false;
    const cut = () => {
      isCut = true;
      attempt.abort();
    };
    const cancel = trial === null ? () => {} : clock.after(Math.max(0, trial.deadline - clock.now()), cut);
    await runAttempt(session, vpn, line, attempt.signal, { generation, there, end }).finally(() => {
      cancel();
      this.#attempt = null;
    });
    if (this.#isEnded()) return;
    if (vpn.ike.version === 1 && !isCut) await this.#pause(SETTLE_MS);
    this.#sas = await session.refresh();
    this.#look();
    if (this.#upAt !== null) return;
    await end();
    if (isCut) return;
    const evidence = { log: this.#log.lines };
    const found = this.#diagnose(evidence);
    // The gateway has one virtual IP, and what runs has got it (INTERNAL_ADDRESS_FAILURE, seen on 5.9.8): break before make.
    if (found?.diagnosis.code === 'no_address_pool' && this.#options.trial !== null && !this.#hasRoom) {
      this.#hasRoom = true;
      await this.#options.makeRoom();
      return;
    }
    const final = found?.final === true;
    this.#fail(evidence, this.#isEntangled() ? REFUSALS_MAX : final ? 1 : 0);
    this.#nextTryAt = clock.now() + (final ? AGAIN_MS.refused : AGAIN_MS.unanswered);
  }

  #fail(evidence: Partial<Evidence>, refusals: number): void {
    this.#evidence = evidence;
    this.#refusals += refusals;
  }

  async #failed(reason: NonNullable<ChangeReport['reason']>): Promise<Outcome> {
    const { session, side } = this.#options;
    const { vpn } = side.generation;
    const known = reason === 'failed' ? this.#evidence : null;
    const ambiguous = this.#options.trial !== null && isAmbiguous(vpn, known?.log ?? []);
    const identityProbe = ambiguous ? await probeIdentity(session, vpn) : null;
    const diagnosis = known && (this.#diagnose({ ...known, identityProbe })?.diagnosis ?? null);
    return { kind: 'failed', reason, diagnosis, entangled: this.#isEntangled() };
  }

  #diagnose(known: Partial<Evidence>): ReturnType<typeof diagnose> {
    const { side, capability } = this.#options;
    const { vpn } = side.generation;
    const failedSubnets = side.fresh.flatMap(({ subnets }) => subnets);
    return diagnose(
      evidenceAbout(vpn, capability(), {
        phase: 'ended',
        failedSubnets,
        established: side.sharesIke,
        ...known,
      }),
    );
  }

  #take(line: LogLine, source: 'command' | 'log'): void {
    if (!this.#log.take(line, source)) return;
    this.#established ||= /^IKE_SA \S+ established /.test(line.text);
    // An exchange in an IKE_SA that is up is over as soon as the gateway answers.
    if (this.#attempt === null || this.#options.side.sharesIke || this.#isEntangled()) return;
    if (this.#log.lines.some((text) => /^CHILD_SA \S+ established /.test(text))) return;
    if (this.#diagnose({ phase: 'connecting', log: this.#log.lines })?.final === true) this.#attempt.abort();
  }

  /** What charon says now. */
  #look(): void {
    const { side, missing, clock } = this.#options;
    const live = this.#live();
    const there = new Set(live.children.map(({ name }) => name));
    this.#established ||= live.ike.some(({ establishedSeconds }) => establishedSeconds !== null);
    const needed = side.fresh.filter(({ subnets }) => !subnets.every((subnet) => missing.includes(subnet)));
    const addressed = live.virtualIps.length > 0 || side.generation.virtualIps.length === 0;
    const isUp =
      addressed && needed.every(({ name }) => there.has(name)) && (there.size > 0 || side.fresh.length === 0);
    if (!isUp) this.#upAt = null;
    else this.#upAt ??= clock.now();
  }

  #live(): LiveSas {
    const { generation, fresh } = this.#options.side;
    const names = new Set(fresh.map(({ name }) => name));
    const live = liveSasOf(generation.vpn, this.#sas, [generation]);
    if (!this.#options.side.sharesIke || names.size === 0) return live;
    return { ...live, children: live.children.filter(({ name }) => names.has(name)) };
  }

  #isSilent(): boolean {
    const { children } = this.#live();
    const sum = (count: 'bytesIn' | 'bytesOut') => children.reduce((all, child) => all + child[count], 0);
    return sum('bytesOut') > 0 && sum('bytesIn') === 0;
  }

  #askOnce(check: Check): void {
    const { clock } = this.#options;
    if (this.#asking || this.#answered === true || clock.now() < this.#nextAskAt) return;
    this.#asking = true;
    this.#nextAskAt = clock.now() + ANSWER_MS;
    void this.#options.ask(check, sourceOf(this.#live()), ANSWER_MS).then((answered) => {
      this.#asking = false;
      this.#answered = answered;
      this.#bell.ring();
    });
  }

  /**
   * IKEv1: a strongSwan gateway takes a second IKE_SA of a peer for the first one, renewed, and moves the CHILD_SAs of the
   * first into it (adopt_children_job.c; seen on 5.9.8). Ending it would end what runs: that has to be renewed before.
   */
  #isEntangled(): boolean {
    const { generation, sharesIke } = this.#options.side;
    return generation.vpn.ike.version === 1 && !sharesIke && this.#established;
  }

  #isEnded(): boolean {
    return this.#ended.signal.aborted;
  }

  async #pause(ms: number): Promise<void> {
    const { clock } = this.#options;
    const until = clock.now() + ms;
    while (!this.#isEnded() && clock.now() < until) await this.#bell.wait(until - clock.now());
  }
}
