import type { Vpn } from '../../contract/vpns.ts';
import { Notice } from '../ui/Notice.tsx';
import { limitWords } from './checkValues.ts';
import { waysOver } from './move.ts';

type WayOverProps = { from: Vpn; to: Vpn; limitSeconds: number };

/** Says before a move whether it interrupts anything, and why. */
export function WayOver({ from, to, limitSeconds }: WayOverProps) {
  const way = waysOver(from, to);
  const back = `goes back to ${from.name} by itself if the new tunnel isn’t up within ${limitWords(limitSeconds)}`;
  return way.makeBeforeBreak ? (
    <Notice state="none">
      Without an interruption: no subnet is behind both, so each replica has both tunnels until the new one
      works. It {back}.
    </Notice>
  ) : (
    <Notice state="warning">
      With a short interruption: {way.shared}, so a replica can’t have both tunnels at once. Each changes over
      when it is its turn, and {back}.
    </Notice>
  );
}
