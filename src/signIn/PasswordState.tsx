import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Paragraph } from '../ui/text.tsx';
import { ownSignInQuery } from './queries.ts';

/** `children`, the form that changes the password, where the viewer has one that they may use; else why not. */
export function PasswordState({ children }: { children: ReactNode }) {
  const password = useQuery(ownSignInQuery).data?.password;
  if (password === 'none') {
    return (
      <Paragraph>
        This account has no password: you sign in with a provider. If you need one, an admin of your team can
        make a link with which you set it.
      </Paragraph>
    );
  }
  if (password === 'off') {
    return <Paragraph>Your team has turned passwords off: you sign in with a provider.</Paragraph>;
  }
  return children;
}
