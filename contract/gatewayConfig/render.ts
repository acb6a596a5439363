import { renderCisco } from './cisco.ts';
import type { GatewayDocument, GatewayKind, GatewayOptions } from './document.ts';
import { renderFortigate } from './fortigate.ts';
import { renderGeneric } from './generic.ts';
import { knownSettings, type KnownSettings } from './knownSettings.ts';
import { renderLibreswan } from './libreswan.ts';
import { renderMikrotik } from './mikrotik.ts';
import { renderOpnsense } from './opnsense.ts';
import { renderPfsense } from './pfsense.ts';
import { poolSize } from './pools.ts';
import type { Rendered } from './rendered.ts';
import { renderStrongswanIpsec } from './strongswanIpsec.ts';
import { renderStrongswanSwanctl } from './strongswanSwanctl.ts';
import type { VpnSettings } from '../vpns.ts';

export { documentText } from './documentText.ts';
export { gatewayKindNames } from './gatewayKindNames.ts';

type Kind = { proof: GatewayDocument['proof']; render: (known: KnownSettings) => Rendered };

const kinds: Readonly<Record<GatewayKind, Kind>> = {
  'strongswan-ipsec': { proof: 'loaded', render: renderStrongswanIpsec },
  'strongswan-swanctl': { proof: 'loaded', render: renderStrongswanSwanctl },
  libreswan: { proof: 'template', render: renderLibreswan },
  'cisco-ios-xe': { proof: 'template', render: renderCisco },
  fortigate: { proof: 'template', render: renderFortigate },
  mikrotik: { proof: 'template', render: renderMikrotik },
  opnsense: { proof: 'template', render: renderOpnsense },
  pfsense: { proof: 'template', render: renderPfsense },
  generic: { proof: 'template', render: renderGeneric },
};

/** What any gateway and the network behind it need. */
function commonNotes({ version, pools }: KnownSettings): string[] {
  const all = [pools.v4, pools.v6].flatMap((pool) => pool ?? []);
  const notes = ['Let UDP 500 and 4500 in from any address.'];
  if (all.length > 0) {
    const sizes = all.map((pool) => `${pool.text} (${poolSize(pool)})`).join(' and ');
    const names = all.map(({ text }) => text).join(' and ');
    notes.push(`Every replica takes one address of ${sizes}. Route ${names} back to the gateway.`);
  }
  if (version === 1) {
    notes.push('With IKEv1, the gateway has one key for all peers that it doesn’t know by their address.');
  }
  return [...notes, ...pools.notes];
}

/**
 * What a gateway of this kind has to be set to for these settings. Works on a form that is half filled: what is missing or
 * not valid becomes a placeholder. Only parsed, canonical values are written, and the key as the target holds it, so that
 * nothing typed into a field can add a line or a command. Where the kind can't take the settings, `unfit` says why.
 */
export function renderGateway(
  kind: GatewayKind,
  settings: VpnSettings,
  options: GatewayOptions = {},
): GatewayDocument {
  const known = knownSettings(settings, options);
  const { proof, render } = kinds[kind];
  const rendered = render(known);
  if ('unfit' in rendered) return { kind, proof, unfit: rendered.unfit, notes: [], parts: [] };
  return {
    kind,
    proof,
    unfit: null,
    notes: [...rendered.notes, ...commonNotes(known)],
    parts: rendered.parts,
  };
}
