import { useMutation } from '@tanstack/react-query';
import type { SignInStarted } from '../../contract/signInProviders.ts';
import { api, apiPath } from '../api/client.ts';

export type SignInStart = { provider: string; to?: string | undefined; invitation?: string; link?: boolean };

/** Begins at a provider, and leaves for its page. It stays pending until the browser is there. */
export function useStartSignIn() {
  return useMutation({
    mutationFn: async ({ provider, ...body }: SignInStart) => {
      const { url } = await api.post<SignInStarted>(apiPath`/sign-in/${provider}/start`, body);
      window.location.assign(url);
      await new Promise<never>(() => {});
    },
    meta: { anonymous: true },
  });
}
