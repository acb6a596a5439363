import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Evidence } from '../../contract/diagnoses.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';

/** Evidence about a VPN that nothing is known of yet; callers put in what they know. */
export function evidenceAbout(
  vpn: DesiredVpn,
  capability: IpsecCapability,
  known: Partial<Omit<Evidence, 'wanted' | 'ikeVersion' | 'capability'>>,
): Evidence {
  return {
    ikeVersion: vpn.ike.version,
    phase: 'connecting',
    log: [],
    failedSubnets: [],
    sa: null,
    identityProbe: null,
    evictions: 0,
    refusal: null,
    capability,
    wanted: {
      peerIp: vpn.peerIp,
      peerId: vpn.peerId,
      localId: vpn.localId,
      peerSubnets: vpn.peerSubnets,
      ikeProposals: vpn.ike.proposals,
      espProposals: vpn.esp.proposals,
    },
    ...known,
  };
}
