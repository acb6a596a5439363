import type { Topic } from '../../contract/events.ts';
import { underWay } from '../db/underWay.ts';
import type { Deps } from '../deps.ts';
import { announceToAll, concernedBy, type Concerned } from './announceRollout.ts';
import { createChecks } from './checks.ts';
import { stepRollout, type Step } from './stepRollout.ts';

const activity: Topic[] = ['activity'];

/** Milliseconds between two looks at all rollouts: another server may have begun one, or ended in the middle of one. */
const LOOK_MS = 30_000;
/** Milliseconds until the next try where the database failed. */
const RETRY_MS = 2_000;

export type RolloutDeps = Pick<Deps, 'db' | 'clock' | 'bus' | 'hub' | 'log'>;

/** Brings changes and moves to the replicas, one after the other, and back. */
export type Rollouts = {
  /** Since when this server runs, in milliseconds since the epoch: before, replicas couldn't reach it. */
  runsSince: number;
  /** A rollout began, or somebody paused it, resumed it or took it back: look at it now. Call it after the commit. */
  wake(rolloutId: string): void;
  /** Resolves when nothing is being looked at any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Goes on with what is under way: everything it needs to know is stored, so that it makes no difference whether this server
 * began it. Looks at a rollout when something is said about its VPNs on the bus, and when a time is up.
 */
export async function startRollouts(deps: RolloutDeps): Promise<Rollouts> {
  const { db, clock, bus, hub, log } = deps;
  const runsSince = clock.now();
  const marked = new Set<string>();
  const watches = new Map<string, () => void>();
  const timers = new Map<string, () => void>();
  const checks = createChecks(deps, (rolloutId) => mark(rolloutId));
  let running: Promise<void> | null = null;
  let cancelLook = (): void => undefined;
  let stopped = false;

  function mark(rolloutId: string): void {
    if (stopped) return;
    marked.add(rolloutId);
    start();
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      // Marked between the loop's last look and here.
      if (marked.size > 0 && !stopped) start();
    });
  }

  async function run(): Promise<void> {
    for (const id of marked) {
      if (stopped) return;
      marked.delete(id);
      await look(id);
    }
  }

  async function look(id: string): Promise<void> {
    timers.get(id)?.();
    timers.delete(id);
    try {
      const seen = await db.transaction().execute(async (trx) => {
        const context = { now: clock.now(), runsSince, answered: checks.answered };
        const step = await stepRollout(trx, id, context);
        return step && { step, concerned: await concernedBy(trx, step.rollout) };
      });
      if (!seen) return forget(id);
      const { step, concerned } = seen;
      announce(step, concerned);
      if (step.over) return forget(id);
      if (!watches.has(id)) watch(id, step, concerned.vpnIds);
      for (const asked of step.ask) checks.ask(step.rollout, asked);
      if (step.lookAt !== null) lookAfter(id, step.lookAt - clock.now());
    } catch (error) {
      log.error({ err: error, rollout: id }, 'Could not go on with a rollout; trying again');
      lookAfter(id, RETRY_MS);
    }
  }

  function lookAfter(id: string, ms: number): void {
    if (stopped) return;
    timers.set(
      id,
      clock.after(Math.max(0, ms), () => mark(id)),
    );
  }

  function watch(id: string, { rollout }: Step, vpnIds: readonly string[]): void {
    const topics = new Set(vpnIds.map((vpnId): Topic => `vpn:${vpnId}`));
    const unwatch = bus.subscribe(rollout.team_id, (heard) => {
      if (heard.some((topic) => topics.has(topic))) mark(id);
    });
    watches.set(id, unwatch);
  }

  function forget(id: string): void {
    watches.get(id)?.();
    watches.delete(id);
    checks.forget(id);
  }

  function announce({ rollout, changed, replicaIds }: Step, concerned: Concerned): void {
    if (!changed) return;
    if (replicaIds === null) return announceToAll(deps, rollout.team_id, concerned);
    // Who looks at a workspace hears of its tunnels by their reports.
    const vpns = concerned.vpnIds.map((id): Topic => `vpn:${id}`);
    bus.publish(rollout.team_id, ['vpns', ...vpns, ...(rollout.state === 'paused' ? activity : [])]);
    hub.replicasChanged(replicaIds);
  }

  async function lookAtAll(): Promise<void> {
    try {
      const rows = await db.selectFrom('rollout').select('id').where('state', 'in', underWay).execute();
      for (const { id } of rows) mark(id);
    } catch (error) {
      log.error({ err: error }, 'Could not look for rollouts; trying again');
    }
    if (!stopped) cancelLook = clock.after(LOOK_MS, () => void lookAtAll());
  }

  await lookAtAll();
  return {
    runsSince,
    wake: mark,
    async settled() {
      while (running) await running;
    },
    async stop() {
      stopped = true;
      cancelLook();
      for (const cancel of timers.values()) cancel();
      for (const unwatch of watches.values()) unwatch();
      await running;
    },
  };
}
