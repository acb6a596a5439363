import type { PortPolicy, Visibility } from '../../contract/visibility.ts';
import { counted } from '../ui/counted.ts';

/** The levels that a team can forbid. */
export type ForbiddableLevel = Exclude<Visibility, 'private'>;

export const levels: readonly ForbiddableLevel[] = ['organization', 'public'];

export const levelNames: Readonly<Record<ForbiddableLevel, string>> = {
  organization: 'Organization ports',
  public: 'Public ports',
};

/** What a level’s switch says: who is let in, or what its absence means. */
export function levelMeaning(level: ForbiddableLevel, allowed: boolean): string {
  if (!allowed) {
    return level === 'public'
      ? 'Owners can’t make ports public. Allowing it shares nothing by itself: owners choose for each port.'
      : 'Owners can’t share ports with the team. Allowing it shares nothing by itself: owners choose for each port.';
  }
  return level === 'public'
    ? 'Owners may let in anyone who has the address, without signing in.'
    : 'Owners may let in every member of the team, after signing in.';
}

/** “Organization ports are allowed, public ports aren’t.” */
export function policyInWords({ organization, public: anyone }: PortPolicy): string {
  if (organization === anyone)
    return `Organization and public ports are ${organization ? 'both allowed' : 'both forbidden'}.`;
  return organization
    ? 'Organization ports are allowed, public ports aren’t.'
    : 'Public ports are allowed, organization ports aren’t.';
}

/** What forbidding a level does: `shared` ports have it now. */
export function forbidding(level: ForbiddableLevel, shared: number): string {
  const name = level === 'public' ? 'public' : 'shared with the organization';
  if (shared === 0) return `No port is ${name} now. Owners won’t be able to make one so.`;
  const [are, become] =
    shared === 1 ? ['port is', 'It becomes private'] : ['ports are', 'They become private'];
  return `${shared.toLocaleString('en')} ${are} ${name}. ${become} at once, and whoever is connected is cut off. The ${shared === 1 ? 'owner is' : 'owners are'} told.`;
}

/** What is said once a level was forbidden, or allowed. */
export const policyChanged = (level: ForbiddableLevel, allowed: boolean, shared: number): string =>
  allowed
    ? `${levelNames[level]} are allowed now. Nothing is shared by itself.`
    : `${levelNames[level]} are forbidden now. ${shared === 0 ? 'None was shared.' : `${counted(shared, 'port')} ${shared === 1 ? 'is' : 'are'} private again.`}`;
