import { z } from 'zod';
import { Instant, Ref } from './lists.ts';

/**
 * pending: not delivered to the replica yet · connecting · up · failed · offline: the replica isn't connected to the
 * server, what is shown is the last known · unsupported: this replica can't do IPsec.
 */
export const tunnelStates = ['pending', 'connecting', 'up', 'failed', 'offline', 'unsupported'] as const;
export const TunnelState = z.enum(tunnelStates).meta({ id: 'TunnelState' });
export type TunnelState = z.infer<typeof TunnelState>;

/** A tunnel's condition in plain words. The texts come from the table in `contract/diagnoses.ts`. */
export const Diagnosis = z
  .object({
    code: z.string().meta({ description: 'Stable name, such as esp_suite_refused.' }),
    severity: z.enum(['failure', 'warning']),
    short: z.string().meta({ description: 'A few words for a table row: “Cipher suites differ (ESP)”.' }),
    title: z.string(),
    cause: z.string(),
    here: z
      .object({
        text: z.string(),
        action: z
          .object({ label: z.string(), field: z.string() })
          .nullable()
          .meta({ description: 'A button that opens the VPN’s form at this field path.' }),
        command: z.string().nullable().meta({ description: 'A command that mends it on the replica.' }),
      })
      .meta({ description: 'What to change on this side.' }),
    gateway: z
      .object({
        text: z.string(),
        copy: z.string().meta({ description: 'A message for the network admin, complete in itself.' }),
        logLine: z.string().meta({ description: 'What to look for in the gateway’s log.' }),
      })
      .nullable()
      .meta({ description: 'What to change on the gateway.' }),
    log: z.array(z.string()).meta({ description: 'The replica’s log lines that prove it, oldest first.' }),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;

export const Tunnel = z
  .object({
    id: z.string().meta({ description: '<replica id>.<vpn id>' }),
    vpn: Ref,
    workspace: Ref,
    replica: Ref,
    state: TunnelState,
    lastState: TunnelState.nullable().meta({
      description: 'With offline: the last state the replica reported.',
    }),
    since: Instant.meta({ description: 'When it came into this state.' }),
    attempt: z.int().meta({ description: 'Tries since it was last up, starting with 1; 0 while up.' }),
    nextTryAt: Instant.nullable(),
    virtualIp: z.string().nullable(),
    bytesIn: z.number().meta({ description: 'Bytes since the tunnel came up, all CHILD_SAs.' }),
    bytesOut: z.number(),
    ikeEstablishedAt: Instant.nullable(),
    ikeSuite: z
      .string()
      .nullable()
      .meta({ description: 'What was negotiated, such as AES_CBC-256/HMAC_SHA2_256_128/….' }),
    espSuite: z.string().nullable(),
    remoteSubnets: z.array(z.string()).meta({ description: 'Remote traffic selectors actually installed.' }),
    appliedRevision: z.int().nullable(),
    wantedRevision: z.int(),
    diagnosis: Diagnosis.nullable(),
    reportedAt: Instant.nullable().meta({ description: 'When the replica last reported; null if never.' }),
  })
  .meta({ id: 'Tunnel' });
export type Tunnel = z.infer<typeof Tunnel>;

/** Counts of a VPN's or a workspace's tunnels. `wanted` is the number of tunnels that should be up. */
export const TunnelSummary = z
  .object({
    wanted: z.int(),
    up: z.int(),
    warning: z.int().meta({ description: 'Those of `up` that carry a warning.' }),
    connecting: z.int(),
    pending: z.int(),
    failed: z.int(),
    offline: z.int(),
    unsupported: z.int(),
    worst: z
      .object({ state: TunnelState, short: z.string() })
      .nullable()
      .meta({ description: 'The worst condition among them in a few words; null when all are healthy.' }),
  })
  .meta({ id: 'TunnelSummary' });
export type TunnelSummary = z.infer<typeof TunnelSummary>;
