import type { IkeVersion } from '../vpns.ts';

export const importFormats = ['ipsec.conf', 'swanctl.conf', 'libreswan'] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * What became of a line. understood: its value is in the form · mapped: in the form, said otherwise (see `note`) · fixed:
 * Culvert always does that · ignored: of no concern for the other side · refused: understood, and Culvert can't do it · unknown.
 */
export const lineVerdicts = ['understood', 'mapped', 'fixed', 'ignored', 'refused', 'unknown'] as const;
export type LineVerdict = (typeof lineVerdicts)[number];

export type ImportedLine = {
  /** From 1, in the text as it was pasted. */
  number: number;
  /** The line, with a pre-shared key replaced by dots. */
  text: string;
  /** null: blank, a comment, or the heading of a section. */
  verdict: LineVerdict | null;
  /** What was made of it, or why nothing; a sentence. */
  note: string | null;
  /** The form's field that it fills, as a path: `esp.proposals`. */
  field: string | null;
};

/** What a connection of the file says of a VPN; left out: nothing. Values are canonical, and accepted by `checkVpn`. */
export type ImportedSettings = {
  name?: string;
  ike?: { version?: IkeVersion; lifetimeSeconds?: number; proposals?: string[] };
  esp?: { lifetimeSeconds?: number; proposals?: string[] };
  peerIp?: string;
  peerId?: string | null;
  peerSubnets?: string[];
  udpEncapsulation?: boolean;
  dpdDelaySeconds?: number;
};

export type ImportedConnection = {
  /** As the file calls it. */
  name: string;
  settings: ImportedSettings;
  /** Where virtual IPs come from, as CIDR; null: the file doesn't say. */
  pool: string | null;
  /** Stays in the form: it is sent nowhere but with the VPN. */
  preSharedKey: string | null;
  /** What the file leaves open and the form still needs, a sentence each. */
  missing: string[];
};

export type ImportedConfig = {
  format: ImportFormat;
  /** At least one; where the file has several, somebody has to choose. */
  connections: ImportedConnection[];
  /** All lines of the file, in order. */
  lines: ImportedLine[];
};
