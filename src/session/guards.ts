import type { QueryClient } from '@tanstack/react-query';
import { notFound, redirect } from '@tanstack/react-router';
import { safeDestination } from '../../contract/destination.ts';
import { sessionQuery } from '../api/session.ts';
import { isServersPage } from './destination.ts';
import type { SignedIn } from './viewer.ts';

/** The session of whoever is signed in; anybody else is sent to sign in, and back to `destination` afterwards. */
export async function requireViewer(queryClient: QueryClient, destination: string): Promise<SignedIn> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session.user === null) {
    throw redirect({
      to: '/sign-in',
      search: /^\/(\?|$)/.test(destination) ? {} : { to: destination },
      replace: true,
    });
  }
  return { ...session, user: session.user };
}

/** Lets members of the team pass; for others it doesn’t exist. */
export async function requireTeam(
  queryClient: QueryClient,
  destination: string,
  team: string,
): Promise<void> {
  const known = await requireViewer(queryClient, destination);
  if (known.teams.some((one) => one.id === team)) return;
  const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
  if (!session.teams.some((one) => one.id === team)) throw notFound();
}

/** Sends whoever is signed in already on to where they were going. */
export async function passSignedIn(queryClient: QueryClient, destination: string | undefined): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session.user === null) return;
  const href = safeDestination(destination);
  throw redirect({ href, replace: true, reloadDocument: isServersPage(href) });
}
