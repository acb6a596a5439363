import type { ConfLine } from './gatewayConfig/document.ts';
import { linesText } from './gatewayConfig/documentText.ts';
import { renderGateway } from './gatewayConfig/render.ts';
import type { VpnSettings } from './vpns.ts';

/** The gateway's side of a VPN as strongSwan's ipsec.conf, without the key. See `renderGateway`. */
export function renderIpsecConf(settings: VpnSettings, options: { pool?: string } = {}): ConfLine[] {
  const [conf] = renderGateway('strongswan-ipsec', settings, options).parts;
  return conf?.kind === 'file' ? conf.lines : [];
}

/** The lines as the text of a file. */
export const ipsecConfText = linesText;
