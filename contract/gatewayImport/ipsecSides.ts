import type { ConfEntry } from './ipsecFile.ts';
import { isAnyAddress } from './readIdentity.ts';

export type Side = 'left' | 'right';

/** What speaks for a side being the one that connects: a workspace, not the gateway. Highest first. */
const evidence: readonly {
  key: string;
  weight: number;
  speaks: (value: string) => boolean;
  words: string;
}[] = [
  { key: 'sourceip', weight: 8, speaks: () => true, words: 'gets its address from the other side' },
  { key: 'addresspool', weight: 8, speaks: () => true, words: 'gets its address from a pool' },
  { key: 'modecfgclient', weight: 4, speaks: (value) => value === 'yes', words: 'asks for its address' },
  {
    key: '',
    weight: 3,
    speaks: (value) => isAnyAddress(value) && value !== '%defaultroute',
    words: 'may have any address',
  },
  { key: 'id', weight: 1, speaks: (value) => value.startsWith('%'), words: 'may have any identity' },
];

export type Sides = {
  gateway: Side;
  client: Side;
  /** What decided, where it isn't as usual: right is the gateway. */
  reason: { line: number; note: string } | null;
};

/**
 * Which side of an ipsec.conf connection is the gateway. By custom left is the machine that the file is on, but the file
 * may be written the other way round, or be a client’s: the side that may have any address, or gets one, is the workspaces’.
 */
export function findSides(settings: ReadonlyMap<string, ConfEntry>): Sides {
  const speaksFor = (side: Side) =>
    evidence.flatMap((piece) => {
      const entry = settings.get(`${side}${piece.key}`);
      return entry && piece.speaks(entry.value) ? [{ ...piece, line: entry.line }] : [];
    });
  const score = (side: Side) =>
    speaksFor(side).reduce((sum, { weight }) => sum + weight, settings.has(`${side}subnet`) ? -1 : 0);
  if (score('left') <= score('right')) return { gateway: 'left', client: 'right', reason: null };
  const [strongest] = speaksFor('left');
  if (!strongest) return { gateway: 'left', client: 'right', reason: null };
  const note = `left ${strongest.words}, so left stands for the workspaces and right is the gateway.`;
  return { gateway: 'right', client: 'left', reason: { line: strongest.line, note } };
}
