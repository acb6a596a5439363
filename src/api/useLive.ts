import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from './keys.ts';
import { listen, type LiveState } from './live.ts';

/** Keeps a team's queries true while its pages are open, and says how well that goes. */
export function useLive(team: string): LiveState {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const leave = new AbortController();
    const signedOut = () => void queryClient.invalidateQueries({ queryKey: keys.session });
    void listen({ team, queryClient, signedOut, show: setState }, leave.signal);
    return () => leave.abort();
  }, [team, queryClient]);
  return state;
}
