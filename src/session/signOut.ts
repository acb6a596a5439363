import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { clearToasts, toast } from '../ui/toast.ts';

/** Ends this session, or all of the user’s, and leaves nothing of it in memory. */
export function useSignOut(where: 'here' | 'everywhere') {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.delete(where === 'here' ? '/session' : '/sessions'),
    onSuccess: async () => {
      await queryClient.cancelQueries();
      queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
      clearToasts();
      await navigate({ to: '/sign-in', replace: true });
      queryClient.clear();
    },
    onError: (error) => {
      if (where === 'here') toast(`You are still signed in. ${error.message}`);
    },
  });
}
