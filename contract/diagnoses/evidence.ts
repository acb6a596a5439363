import type { IpsecCapability } from '../workspaces.ts';

/** What a replica knows about one tunnel at one moment: everything a diagnosis may rest on. */
export type Evidence = {
  ikeVersion: 1 | 2;
  /** connecting: an attempt is under way · ended: it failed, or the tunnel is gone · up: a CHILD_SA is installed. */
  phase: 'connecting' | 'ended' | 'up';
  /** charon's log of this attempt, and of what came after it; oldest first, one message each, without time and group. */
  log: readonly string[];
  /** IKE was up before this attempt, so that the log needn't say so; left out: the log says it. */
  established?: boolean;
  /** Subnets (as configured) whose CHILD_SA failed. */
  failedSubnets: readonly string[];
  /** The CHILD_SAs, once some are installed. */
  sa: SaFacts | null;
  /**
   * IKEv2, after AUTHENTICATION_FAILED: how the gateway answered when asked for no particular identity. `shown`: it
   * proved to have the pre-shared key, under this identity. `refused`: it refused again. null: not asked.
   */
  identityProbe: { outcome: 'shown'; identity: string } | { outcome: 'refused' } | null;
  /** How often lately the gateway ended the tunnel shortly after it came up. */
  evictions: number;
  /** Why charon didn't take the configuration; null: it did. */
  refusal: string | null;
  capability: IpsecCapability;
  wanted: {
    peerIp: string;
    peerId: string;
    localId: string;
    peerSubnets: readonly string[];
    ikeProposals: readonly string[];
    espProposals: readonly string[];
  };
};

export type SaFacts = {
  virtualIps: readonly string[];
  /** Remote traffic selectors actually installed. */
  remoteSubnets: readonly string[];
  bytesIn: number;
  bytesOut: number;
  /** For how long something goes out and nothing has come in yet; 0 when something came in, or nothing went out. */
  silentSeconds: number;
};

/** Whether IKE came up in this attempt: what fails later is about the CHILD_SA. */
export const wasEstablished = ({ log, established = false }: Evidence): boolean =>
  established || log.some((line) => /^IKE_SA \S+ established between /.test(line));
