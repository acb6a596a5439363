import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Actor } from '../../contract/permissions.ts';
import type { Session } from '../../contract/session.ts';
import { sessionQuery } from '../api/session.ts';

export type ViewerTeam = Session['teams'][number];
export type SignedIn = Session & { user: NonNullable<Session['user']> };

/** The session of a page that only somebody signed in can see: the router has fetched and checked it before. */
export function useSession(): SignedIn {
  const { data } = useQuery(sessionQuery);
  if (!data?.user) throw new Error('This page was rendered without a session.');
  return { ...data, user: data.user };
}

/** The team in the address, and the viewer as an actor for `may` of contract/permissions.ts. */
export function useTeam(): ViewerTeam & { actor: Actor } {
  const session = useSession();
  const { team: id } = useParams({ strict: false });
  const team = session.teams.find((one) => one.id === id);
  if (!team) throw new Error('This page was rendered without a team.');
  return { ...team, actor: { userId: session.user.id, role: team.role } };
}
