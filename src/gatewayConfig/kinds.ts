import { gatewayKinds, type GatewayKind } from '../../contract/gatewayConfig/document.ts';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';

/** Every kind of gateway, for a list to choose from. */
export const kindOptions = gatewayKinds.map((value) => ({ value, label: gatewayKindNames[value] }));

/** The kind that an address or a browser's storage names; undefined: it names none. */
export const kindOf = (text: string | null | undefined): GatewayKind | undefined =>
  gatewayKinds.find((kind) => kind === text);

const storageKey = 'culvert-gateway-kind';

/** The kind that was chosen last in this browser: most people look after gateways of one kind. */
export function rememberedKind(): GatewayKind {
  try {
    return kindOf(localStorage.getItem(storageKey)) ?? 'strongswan-ipsec';
  } catch {
    return 'strongswan-ipsec';
  }
}

export function rememberKind(kind: GatewayKind): void {
  try {
    localStorage.setItem(storageKey, kind);
  } catch {
    // Storage is off in this browser: it is chosen again next time.
  }
}
