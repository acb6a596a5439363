import type { SharedPort } from '../../contract/ports.ts';
import type { Ending } from './endShares.ts';

/** “port 3000 of billing-api” */
export const nameOf = ({ port, workspace }: Pick<SharedPort, 'port' | 'workspace'>): string =>
  `port ${port} of ${workspace.name}`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What the dialog says that ends shares. */
export type EndWords = {
  title: string;
  text: string;
  /** Who alone can undo it, where that isn’t who asks. */
  note: string | undefined;
  confirm: string;
  cancel: string;
  done: string;
};

/** `viewer` is the user id of who asks. */
export function endWords({ act, ports }: Ending, viewer: string): EndWords {
  const [first] = ports;
  const several = ports.length !== 1 || first === undefined;
  const foreign = ports.some(({ owner }) => owner.id !== viewer);
  const what = several ? `${ports.length} ports` : nameOf(first);
  const note = several ? 'Only the owners can share them again.' : 'Only the owner can share it again.';
  const text = act === 'stop' ? stopText(several) : privateText(several, foreign ? first : undefined);
  const verb = several ? 'are' : 'is';
  return {
    title: act === 'stop' ? `Stop forwarding ${what}?` : `Make ${what} private?`,
    text,
    note: foreign ? note : undefined,
    confirm: act === 'stop' ? 'Stop forwarding' : 'Make private',
    cancel: act === 'stop' ? 'Keep forwarding' : 'Keep shared',
    done: `${capital(what)} ${verb} ${act === 'stop' ? 'no longer forwarded' : 'private again'}.`,
  };
}

const stopText = (several: boolean) =>
  several
    ? 'They can’t be reached by anybody any more, and whoever is connected now is cut off at once. The addresses come back when forwarding starts again.'
    : 'It can’t be reached by anybody any more, and whoever is connected now is cut off at once. The address comes back when forwarding starts again.';

function privateText(several: boolean, foreign: SharedPort | undefined): string {
  const cutOff = 'Everybody else who is connected now is cut off at once.';
  if (several) return `Only the owner of each workspace can reach them then. ${cutOff}`;
  return `Only the workspace’s owner${foreign ? `, ${foreign.owner.name},` : ''} can reach it then. ${cutOff}`;
}
