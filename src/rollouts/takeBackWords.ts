import type { Rollout } from '../../contract/rollouts.ts';
import { counted } from '../ui/counted.ts';
import { tallyOf } from './states.ts';

/** What taking back a rollout that is under way leads to, for its confirmation. */
export function takeBackWords(rollout: Rollout): { title: string; consequence: string; note: string } {
  const { kind, vpn, to, replicas } = rollout;
  const { changed, trying } = tallyOf(replicas);
  const concerned = changed + trying;
  const rest = replicas.length - concerned;
  if (kind === 'change') {
    const others =
      rest === 0
        ? ''
        : ` ${counted(rest, 'other keeps', 'others keep')} what ${rest === 1 ? 'it has' : 'they have'}.`;
    return {
      title: `Take back the change of ${vpn.name}?`,
      consequence:
        concerned === 0
          ? 'No replica has the new settings: all keep what they have.'
          : `${counted(concerned, 'replica that has or tries the new settings gets', 'replicas that have or try the new settings get')} those of before again; traffic may stop for a moment.${others}`,
      note: `${vpn.name} has its settings and its pre-shared key of before again. What was changed isn’t kept.`,
    };
  }
  const others = rest === 0 ? '' : ` ${counted(rest, 'other is', 'others are')} there still.`;
  return {
    title: `Take back the move to ${to?.name ?? 'the other VPN'}?`,
    consequence:
      concerned === 0
        ? `No replica has moved: all stay on ${vpn.name}.`
        : `${counted(concerned, 'replica goes', 'replicas go')} back to ${vpn.name}; traffic may stop for a moment.${others}`,
    note: 'Both VPNs keep their settings.',
  };
}
