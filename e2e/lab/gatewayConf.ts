import { readFileSync } from 'node:fs';

/** The VPN guide's example, word for word. */
export const guideIpsecConf = readFileSync(new URL('guide-ipsec.conf', import.meta.url), 'utf8');

/** What the lab adds in front of it: without it the gateway replaces a replica whose identity it has seen before. */
export const uniqueidsNever = 'config setup\n    uniqueids=never\n\n';

export type GatewayVariant = {
  ikeVersion: 1 | 2;
  ike: string;
  esp: string;
  /** Null: the gateway assigns no virtual IPs. */
  pool: string | null;
  leftsubnet: string;
  leftid: string;
  /** Whose address it lets in. */
  right: string;
  rightid: string | null;
  uniqueids: 'never' | 'yes';
};

const guide: GatewayVariant = {
  ikeVersion: 1,
  ike: 'aes256-sha256-modp2048',
  esp: 'aes256-sha256-modp2048',
  pool: '10.200.0.0/24',
  leftsubnet: '0.0.0.0/0',
  leftid: '1.2.3.4',
  right: '%any',
  rightid: null,
  uniqueids: 'never',
};

/**
 * The guide's configuration with some values changed. Suites are exact here (`!`): without it strongSwan accepts its own
 * default proposals beside the configured ones.
 */
export function variantOfGuide(changes: Partial<GatewayVariant>): string {
  const { ikeVersion, ike, esp, pool, leftsubnet, leftid, right, rightid, uniqueids } = {
    ...guide,
    ...changes,
  };
  const lines = [
    `keyexchange=ikev${ikeVersion}`,
    'type=tunnel',
    'authby=psk',
    'forceencaps=yes',
    `ike=${ike}!`,
    `esp=${esp}!`,
    'ikelifetime=1h',
    `leftid=${leftid}`,
    'left=%defaultroute',
    'lifetime=8h',
    `leftsubnet=${leftsubnet}`,
    `right=${right}`,
    ...(rightid === null ? [] : [`rightid=${rightid}`]),
    ...(pool === null ? [] : [`rightsourceip=${pool}`]),
    'auto=add',
  ];
  return [
    `config setup`,
    `    uniqueids=${uniqueids}`,
    '',
    'conn workspaces',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** ipsec.secrets with one key for every peer. `id` is the gateway's own identity. */
export const secretsFor = (id: string, preSharedKey: string): string =>
  `${id} %any : PSK 0s${Buffer.from(preSharedKey).toString('base64')}\n`;
