import { forbidden } from '../http/problem.ts';
import type { Viewer } from '../session/viewer.ts';

/** Ids of the VPNs that the viewer may use; null: all of the team’s. */
export const vpnsOf = ({ via }: Viewer): readonly string[] | null =>
  via.kind === 'pipeline' ? via.scope.vpns : null;

/**
 * Keeps a pipeline from a preview that is connected to a VPN which its rule doesn’t have, or has no longer, whoever connected it:
 * 403 `vpn_untrusted`. It isn’t told which one that is.
 */
export function requireTrustedVpn(
  viewer: Viewer,
  preview: { workspace_id: string | null; vpn_id: string | null },
): void {
  const vpns = vpnsOf(viewer);
  if (preview.workspace_id === null || preview.vpn_id === null) return;
  if (vpns === null || vpns.includes(preview.vpn_id)) return;
  throw forbidden(
    'vpn_untrusted',
    'This preview is connected to a VPN that the rule doesn’t let this repository use any more. An admin can take the preview down, or add the VPN in Settings, Trusted repositories.',
  );
}
