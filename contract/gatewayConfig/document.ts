import type { VpnSettings } from '../vpns.ts';

/** What can be on the other side, in the order in which it is offered. */
export const gatewayKinds = [
  'strongswan-ipsec',
  'strongswan-swanctl',
  'libreswan',
  'cisco-ios-xe',
  'fortigate',
  'mikrotik',
  'opnsense',
  'pfsense',
  'generic',
] as const;
export type GatewayKind = (typeof gatewayKinds)[number];

/** A piece of a line. `match`: has to be the same on both sides. `missing`: stands for a value that isn't known yet. */
export type ConfSegment = { text: string; match?: true; missing?: true };
export type ConfLine = ConfSegment[];

/** One thing that the network admin does. Text in `lines`, `value` and `values` is quoted for its place already. */
export type GatewayPart =
  /** A file, or a part of one, at its usual place on the gateway. */
  | { kind: 'file'; title: string; name: string; lines: ConfLine[] }
  /** To paste into the gateway's command line. */
  | { kind: 'commands'; title: string; name: string; lines: ConfLine[] }
  /** Pages of the gateway's own interface, and what to enter in their fields. */
  | {
      kind: 'steps';
      title: string;
      steps: { where: string; fields: { field: string; value: ConfSegment }[] }[];
    }
  /** Every value, by its name and, where there is one, its number. */
  | { kind: 'sheet'; title: string; rows: { name: string; values: ConfSegment[]; note: string | null }[] };

export type GatewayDocument = {
  kind: GatewayKind;
  /** `loaded`: our tests load what is generated into such a gateway · `template`: not run by us. */
  proof: 'loaded' | 'template';
  /** Why this gateway can't take these settings (IKEv1 with a pool on Libreswan); null: it can. Parts are empty then. */
  unfit: string | null;
  /** What the network admin should know, a sentence each. */
  notes: string[];
  parts: GatewayPart[];
};

export type GatewayOptions = {
  /** Where virtual IPs come from, as CIDR. Left out: the guide's 10.200.0.0/24, or one that doesn't overlap. */
  pool?: string;
  /** Only in the page of the admin who has just typed it. Left out: a placeholder stands where it belongs. */
  preSharedKey?: string;
};

/** Works on a form that is half filled: what is missing or not valid becomes a placeholder. */
export type RenderGateway = (settings: VpnSettings, options: GatewayOptions) => GatewayDocument;
