import { accept, refuse, type Result } from './result.ts';

export const VPN_NAME_MAX = 63;

/** A VPN's name, unique in its team: what CI pipelines refer to it by. */
export function checkVpnName(text: string): Result<string> {
  return text.trim() === '' ? refuse({ code: 'name_empty', message: 'Enter a name.' }) : accept(text.trim());
}

/** The name in a gateway configuration: `Company data center` → `company-data-center`. */
export function vpnSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
