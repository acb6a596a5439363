import type { DesiredVpn } from '../contract/agentProtocol.ts';
import { connectionOf, sharedKeyOf } from '../agent/ipsec/connections.ts';
import type { ViciInput, ViciObject } from '../agent/ipsec/vici/section.ts';

/** swanctl.conf for exactly the connection and the key that an agent loads for this VPN. */
export function swanctlConf(vpn: DesiredVpn): string {
  const { id, data, owners } = sharedKeyOf(vpn);
  const key: ViciObject = {
    ...Object.fromEntries(owners.map((owner, index) => [`id-${index}`, owner])),
    secret: `0s${Buffer.from(data).toString('base64')}`,
  };
  return section('connections', { [id]: connectionOf(vpn) }) + section('secrets', { [`ike-${id}`]: key });
}

function section(name: string, object: ViciObject, indent = ''): string {
  const lines = Object.entries(object).map(([key, value]) => entry(key, value, `${indent}  `));
  return `${indent}${name} {\n${lines.join('')}${indent}}\n`;
}

function entry(name: string, value: ViciInput | undefined, indent: string): string {
  if (value === undefined) return '';
  if (value instanceof Uint8Array) throw new Error(`${name} is no text.`);
  if (typeof value === 'string') return `${indent}${name} = ${value}\n`;
  return isList(value) ? `${indent}${name} = ${value.join(',')}\n` : section(name, value, indent);
}

const isList = (value: readonly string[] | ViciObject): value is readonly string[] => Array.isArray(value);
