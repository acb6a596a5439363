import { z } from 'zod';
import { Instant, PageQuery, Ref } from './lists.ts';
import { Diagnosis } from './tunnels.ts';
import { VpnSettings } from './vpns.ts';

/**
 * How far a handshake gets, in order. answer: the gateway answers · ike: both agree on an IKE cipher suite · authentication:
 * the pre-shared key and the identities fit · address: the gateway gives a virtual IP · esp: both agree on an ESP cipher suite
 * and the subnets.
 */
export const trialPhases = ['answer', 'ike', 'authentication', 'address', 'esp'] as const;
export const TrialPhase = z.enum(trialPhases).meta({ id: 'TrialPhase' });
export type TrialPhase = z.infer<typeof TrialPhase>;

/** Seconds until a trial gives up: longer than a gateway that answers ever needs. */
export const TRIAL_SECONDS = 20;

/** Values of the form, saved or not, to try out from one replica. They are kept nowhere. */
export const VpnTrialCreate = z
  .object({
    settings: VpnSettings,
    vpn: z.string().nullable().meta({ description: 'The VPN that is being changed; null for a new one.' }),
    preSharedKey: z.string().nullable().meta({
      description:
        'Null: the key of `vpn`, which is only tried on the gateway that it was saved for (the same peer IP and peer ID).',
    }),
    replica: z.string().meta({ description: 'The id of the replica that tries.' }),
  })
  .meta({ id: 'VpnTrialCreate' });
export type VpnTrialCreate = z.infer<typeof VpnTrialCreate>;

export const VpnTrial = z
  .object({
    replica: Ref,
    workspace: Ref,
    outcome: z
      .enum(['up', 'failed'])
      .meta({ description: 'up: a tunnel with these settings would come up.' }),
    phases: z.array(z.object({ phase: TrialPhase, state: z.enum(['passed', 'failed', 'not-reached']) })),
    diagnosis: Diagnosis.nullable().meta({
      description: 'Why it failed; with up: what is wrong with it all the same, such as a narrowed subnet.',
    }),
    virtualIp: z.string().nullable(),
    ikeSuite: z.string().nullable(),
    espSuite: z.string().nullable(),
    remoteSubnets: z.array(z.string()),
    tookMs: z.int(),
    at: Instant,
  })
  .meta({ id: 'VpnTrial' });
export type VpnTrial = z.infer<typeof VpnTrial>;

/** A replica that settings could be tried out from. */
export const TrialReplica = z
  .object({
    replica: Ref,
    workspace: Ref,
    connected: z.boolean().meta({ description: 'Its workspace is connected to the VPN that was asked for.' }),
    blocked: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'Why it can’t try: offline, or not able to do IPsec.' }),
  })
  .meta({ id: 'TrialReplica' });
export type TrialReplica = z.infer<typeof TrialReplica>;

export const TrialReplicaQuery = PageQuery.extend({
  vpn: z.string().optional().meta({ description: 'Replicas of its connected workspaces come first.' }),
});
export type TrialReplicaQuery = z.infer<typeof TrialReplicaQuery>;
