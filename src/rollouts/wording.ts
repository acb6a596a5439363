import type { Rollout } from '../../contract/rollouts.ts';
import { counted } from '../ui/counted.ts';
import { tallyOf } from './states.ts';

const NAMES_SHOWN = 3;

/** “ESP lifetime, Peer subnets and 2 more”. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, names.length === NAMES_SHOWN + 1 ? names.length : NAMES_SHOWN);
  const more = names.length - shown.length;
  return new Intl.ListFormat('en-GB').format(more === 0 ? shown : [...shown, `${more} more`]);
}

/** What goes to the replicas: “ESP lifetime”, or where workspaces move, as seen from one side of the move. */
function what(rollout: Rollout, vpnId: string): string {
  if (rollout.kind === 'change') return listed(rollout.changed);
  const names = listed(rollout.workspaces.map(({ name }) => name)) || 'no workspace';
  return rollout.vpn.id === vpnId
    ? `${names} to ${rollout.to?.name ?? 'another VPN'}`
    : `${names} here from ${rollout.vpn.name}`;
}

/** The headline on the page of the VPN with this id. */
export function titleOf(rollout: Rollout, vpnId: string): string {
  const change = rollout.kind === 'change';
  const object = what(rollout, vpnId);
  const noun = change ? `The change of ${object}` : `Moving ${object}`;
  switch (rollout.state) {
    case 'running':
      return change ? `Changing ${object}` : noun;
    case 'paused':
      return `${noun} is paused`;
    case 'completed':
      return change ? `Changed ${object}` : `Moved ${object}`;
    case 'failed':
      return `${noun} failed and was undone`;
    case 'rolled-back':
      return `${noun} was taken back`;
  }
}

/** How far it is: “2 of 5 replicas changed”. Those that are skipped don't take part. */
export function progressWords({ kind, replicas }: Rollout): string {
  const { changed, skipped } = tallyOf(replicas);
  return `${changed} of ${counted(replicas.length - skipped, 'replica')} ${kind === 'change' ? 'changed' : 'moved'}`;
}

/** What became of it or what happens next, in a sentence or two. */
export function explanationOf(rollout: Rollout): string {
  const { kind, state, replicas, vpn } = rollout;
  const { changed, skipped } = tallyOf(replicas);
  const change = kind === 'change';
  switch (state) {
    case 'running':
      return pace(rollout);
    case 'paused': {
      const back = replicas
        .filter((replica) => replica.state === 'went-back')
        .map(({ replica }) => replica.name);
      if (back.length === 0)
        return 'No further replica begins until it is resumed. Those that were trying finish.';
      return `${listed(back)} didn’t come up and went back to ${before(rollout)}. Resume tries again; nothing else begins until then.`;
    }
    case 'completed': {
      const rest =
        skipped === 0
          ? ''
          : ` ${counted(skipped, 'other')} that couldn’t try it out got ${change ? 'them' : 'it'} without a trial.`;
      return change
        ? `${counted(changed, 'replica has', 'replicas have')} the new settings, each tried out first.${rest}`
        : `${counted(changed, 'replica')} moved, each with the new tunnel up first.${rest}`;
    }
    case 'failed': {
      const first = replicas[0]?.replica.name ?? 'The first replica';
      return change
        ? `${first} tried it first, didn’t come up and went back. No other replica was touched: ${vpn.name} is as it was before.`
        : `${first} tried it first, didn’t come up and went back. No other replica was touched: the workspaces are on ${vpn.name} as before.`;
    }
    case 'rolled-back':
      return change
        ? `${vpn.name} has its settings and its pre-shared key of before, on all replicas.`
        : `The workspaces are on ${vpn.name} again.`;
  }
}

const before = ({ kind, vpn }: Rollout) => (kind === 'change' ? 'the settings of before' : vpn.name);

function pace({ kind, strategy, makeBeforeBreak }: Rollout): string {
  const back = 'A replica that doesn’t come up in time goes back by itself.';
  if (kind === 'move') {
    return makeBeforeBreak
      ? `One replica after the other, with both tunnels until the new one works. ${back}`
      : `One replica after the other, each interrupted while it changes over. ${back}`;
  }
  return strategy === 'all-at-once'
    ? `One replica first, then all others together. ${back}`
    : `One replica after the other. ${back}`;
}
