import { vpnSlug } from '../vpnName.ts';
import type { GatewayKind, GatewayPart } from './document.ts';

/** What a download of the whole configuration is called: a-z, 0-9, dashes and one dot, whatever the VPN’s name holds. */
export const configFileName = (vpn: string, kind: GatewayKind): string =>
  `culvert-${vpnSlug(vpn)}-${kind}.txt`;

/** What a download of one part is called: a file as it is on the gateway, anything else after the VPN and the gateway. */
export function partFileName(part: GatewayPart, vpn: string, kind: GatewayKind): string {
  const own = part.kind === 'file' ? /[a-z0-9][a-z0-9.-]*\.[a-z]+$/.exec(part.name)?.[0] : undefined;
  return own ?? configFileName(vpn, kind);
}
