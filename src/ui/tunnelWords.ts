import type { Tunnel, TunnelSummary } from '../../contract/tunnels.ts';
import type { MarkState } from './StateMark.tsx';

export type StateWords = { state: MarkState; words: string };

/** “Nothing comes back” inside a longer phrase: “Up, nothing comes back”. Abbreviations keep their capitals. */
const inPhrase = (short: string) =>
  /^[A-Z][a-z]/.test(short) ? short.charAt(0).toLowerCase() + short.slice(1) : short;

/** How one tunnel is, as a row says it. */
export function tunnelWords(tunnel: Tunnel): StateWords {
  const short = tunnel.diagnosis?.short;
  switch (tunnel.state) {
    case 'up':
      if (tunnel.appliedRevision !== null && tunnel.appliedRevision < tunnel.wantedRevision) {
        return { state: 'connecting', words: 'Applying the change' };
      }
      return short === undefined
        ? { state: 'up', words: 'Up' }
        : { state: 'warning', words: `Up, ${inPhrase(short)}` };
    case 'connecting':
      return {
        state: 'connecting',
        words: tunnel.attempt > 1 ? `Connecting, try ${tunnel.attempt}` : 'Connecting',
      };
    case 'pending':
      return { state: 'pending', words: 'On its way to the replica' };
    case 'failed':
      return { state: 'failed', words: short ?? 'Failed' };
    case 'unsupported':
      return { state: 'unsupported', words: short ?? 'This replica can’t do IPsec' };
    case 'offline':
      return {
        state: 'offline',
        words: tunnel.lastState === 'up' ? 'Replica offline, was up' : 'Replica offline',
      };
  }
}

/** How the tunnels of a VPN or a workspace are together. `nothing` is what to say when there are none. */
export function summaryWords(summary: TunnelSummary, nothing: string, noun = ''): StateWords {
  const { wanted, up, worst } = summary;
  if (wanted === 0) return { state: 'none', words: nothing };
  const counted = `${up} of ${wanted} ${noun}up`;
  if (worst === null) return { state: up === wanted ? 'up' : 'connecting', words: counted };
  if (worst.state === 'up') return { state: 'warning', words: `${counted}, ${inPhrase(worst.short)}` };
  if (worst.state === 'offline') return { state: 'offline', words: `${counted}, ${summary.offline} offline` };
  return { state: worst.state, words: counted };
}
