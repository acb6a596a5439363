import { z } from 'zod';
import { Instant, Ref } from './lists.ts';
import { Diagnosis } from './tunnels.ts';

/** Seconds that a replica gets to be up with the new settings. */
export const ROLLOUT_LIMIT_SECONDS = { min: 15, max: 600, usual: 60 } as const;

/** An address that has to answer through the tunnel: a ping without a port, a TCP connection with one. */
export const RolloutCheck = z
  .object({ address: z.string().max(64), port: z.int().min(1).max(65_535).nullable() })
  .meta({ id: 'RolloutCheck' });
export type RolloutCheck = z.infer<typeof RolloutCheck>;

/**
 * How a change reaches the replicas. one-by-one: each after the one before is up again · all-at-once: one first, then all
 * others together · immediately: all at once, without going back.
 */
export const rolloutStrategies = ['one-by-one', 'all-at-once', 'immediately'] as const;
export const RolloutStrategy = z.enum(rolloutStrategies).meta({ id: 'RolloutStrategy' });
export type RolloutStrategy = z.infer<typeof RolloutStrategy>;

export const RolloutOptions = z
  .object({
    strategy: RolloutStrategy.default('one-by-one'),
    check: RolloutCheck.nullable().default(null),
    limitSeconds: z
      .int({ error: 'Enter a whole number of seconds.' })
      .min(ROLLOUT_LIMIT_SECONDS.min, 'Use at least 15 seconds.')
      .max(ROLLOUT_LIMIT_SECONDS.max, 'Use at most 10 minutes.')
      .default(ROLLOUT_LIMIT_SECONDS.usual),
  })
  .meta({ id: 'RolloutOptions' });
export type RolloutOptions = z.input<typeof RolloutOptions>;

/**
 * running · paused: no further replica begins, because somebody wanted it so or because a replica after the first went back ·
 * completed: all replicas that were there have it · failed: the first replica didn't come up and went back; no other was touched,
 * and the VPN is as it was · rolled-back: somebody took it back.
 */
export const rolloutStates = ['running', 'paused', 'completed', 'failed', 'rolled-back'] as const;
export const RolloutState = z.enum(rolloutStates).meta({ id: 'RolloutState' });
export type RolloutState = z.infer<typeof RolloutState>;

/**
 * waiting: still as it was · trying: has the new settings, and goes back by itself unless it comes up in time · changed: up with
 * the new settings · went-back: didn't come up, and has the old settings again · skipped: was not up before, or offline: gets the
 * new settings without a trial when all others have them.
 */
export const rolloutReplicaStates = ['waiting', 'trying', 'changed', 'went-back', 'skipped'] as const;

export const RolloutReplica = z
  .object({
    replica: Ref,
    workspace: Ref,
    state: z.enum(rolloutReplicaStates).meta({ id: 'RolloutReplicaState' }),
    since: Instant,
    diagnosis: Diagnosis.nullable().meta({
      description: 'Why it went back, where the tunnel itself failed.',
    }),
    reason: z.string().nullable().meta({
      description: 'Why it went back or was skipped, in a sentence; null otherwise.',
    }),
  })
  .meta({ id: 'RolloutReplica' });
export type RolloutReplica = z.infer<typeof RolloutReplica>;

/**
 * A change on its way to the replicas, or the last one that was. `move`: workspaces go from this VPN to another, `to`.
 */
export const Rollout = z
  .object({
    id: z.string(),
    kind: z.enum(['change', 'move']),
    vpn: Ref,
    to: Ref.nullable(),
    workspaces: z.array(Ref).meta({
      description:
        'With move: those that move. One that is connected or disconnected by hand meanwhile no longer does.',
    }),
    changed: z.array(z.string()).meta({
      description: 'With change: what differs, in the words of the form: “ESP lifetime”.',
    }),
    strategy: RolloutStrategy,
    makeBeforeBreak: z.boolean().meta({
      description: 'With move: the new tunnel comes up beside the old one. Not where their subnets overlap.',
    }),
    check: RolloutCheck.nullable(),
    limitSeconds: z.int(),
    state: RolloutState,
    waitingFor: z.string().nullable().meta({
      description: 'Why it doesn’t go on at the moment (“backend-1 is offline”), in a sentence; else null.',
    }),
    startedAt: Instant,
    startedBy: Ref.nullable(),
    finishedAt: Instant.nullable(),
    replicas: z.array(RolloutReplica).meta({ description: 'In the order in which they are changed.' }),
  })
  .meta({ id: 'Rollout' });
export type Rollout = z.infer<typeof Rollout>;

/** What a VPN says of the change that is under way. */
export const RolloutSummary = z
  .object({
    id: z.string(),
    kind: z.enum(['change', 'move']),
    state: RolloutState,
    changed: z.int().meta({ description: 'Replicas that have the new settings.' }),
    replicas: z.int(),
  })
  .meta({ id: 'RolloutSummary' });
export type RolloutSummary = z.infer<typeof RolloutSummary>;

/** Moves connected workspaces to another VPN of the team. */
export const MoveCreate = z
  .object({
    to: z.string().meta({ description: 'The other VPN, by id or name.' }),
    workspaces: z
      .array(z.string())
      .min(1, 'Choose at least one workspace.')
      .max(200, 'Move at most 200 workspaces at a time.')
      .meta({ description: 'Ids of workspaces that are connected to this VPN.' }),
    check: RolloutCheck.nullable().default(null),
    limitSeconds: z
      .int({ error: 'Enter a whole number of seconds.' })
      .min(ROLLOUT_LIMIT_SECONDS.min, 'Use at least 15 seconds.')
      .max(ROLLOUT_LIMIT_SECONDS.max, 'Use at most 10 minutes.')
      .default(ROLLOUT_LIMIT_SECONDS.usual),
  })
  .meta({ id: 'MoveCreate' });
export type MoveCreate = z.input<typeof MoveCreate>;
