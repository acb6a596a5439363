import type { Port } from '../../contract/ports.ts';
import { opensMore, type Visibility } from '../../contract/visibility.ts';
import { membersOf, visibilityNames, type Audience } from '../ui/portWords.ts';

/** Who loses access by a change of visibility, or null where nobody does. */
function loses(from: Visibility, to: Visibility): string | null {
  if (!opensMore(from, to)) return null;
  if (to === 'organization') return 'people outside the team';
  return from === 'public' ? 'everybody else' : 'other members';
}

/** What tightening a visibility does to whoever is there, said before; null where nobody loses anything. */
export function whoIsCutOff(from: Visibility, to: Visibility): string | null {
  const who = loses(from, to);
  return who === null ? null : `Ends access for ${who}: what they have open is cut off.`;
}

/** What to say once a visibility is set. */
export function visibilitySet(port: number, from: Visibility, to: Visibility, audience: Audience): string {
  const who = loses(from, to);
  const now = {
    private: `Port ${port} is private.`,
    organization: `Port ${port} can be opened by ${membersOf(audience)}.`,
    public: `Port ${port} is public: anyone with its address can open it.`,
  }[to];
  return who === null ? now : `${now} Access has ended for ${who}.`;
}

const visibilityChanged = (before: Port, now: Port) =>
  `it is ${visibilityNames[now.visibility].toLowerCase()} now, no longer ${visibilityNames[before.visibility].toLowerCase()}`;

/** What somebody else has changed since `before`, for whoever is about to change the same port. */
export function changedMeanwhile(before: Port, now: Port): string {
  const changes = [
    before.forwarded && !now.forwarded && 'it isn’t forwarded any more',
    before.visibility !== now.visibility && visibilityChanged(before, now),
    before.protocol !== now.protocol && `it speaks ${now.protocol.toUpperCase()} now`,
    before.label !== now.label &&
      (now.label === null ? 'it has no label any more' : `it is called “${now.label}” now`),
  ].filter((change) => change !== false);
  const what = changes.length === 0 ? 'its settings were saved again' : changes.join(', ');
  return `Port ${now.port} was changed in the meantime: ${what}.`;
}
