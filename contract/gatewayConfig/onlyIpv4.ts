import type { KnownSettings } from './knownSettings.ts';

/** Why a template that is for IPv4 can't take these settings; undefined: it can. */
export function onlyIpv4({ address, subnets }: KnownSettings, vendor: string): string | undefined {
  const six = address?.version === 6 ? address.text : subnets.find(({ version }) => version === 6)?.text;
  return six === undefined
    ? undefined
    : `The template for ${vendor} is for IPv4, and this VPN has ${six}. The sheet under “Another gateway” has every value.`;
}
