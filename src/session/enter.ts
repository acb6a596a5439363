import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { safeDestination } from '../../contract/destination.ts';
import type { Session } from '../../contract/session.ts';
import { sessionQuery } from '../api/session.ts';
import { isServersPage } from './destination.ts';

/** Begins a session in this browser: nothing of an earlier one stays, then on to where the viewer was going. */
export function useEnter(): (session: Session, to?: string) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (session, to) => {
    // What the page itself still shows stays until it is left.
    queryClient.removeQueries({ type: 'inactive' });
    queryClient.setQueryData(sessionQuery.queryKey, session);
    const destination = safeDestination(to);
    if (isServersPage(destination)) window.location.replace(destination);
    else router.history.replace(destination);
  };
}
