import Button from '@mui/material/Button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InvitationOffer } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { JoinByProvider } from '../signIn/JoinByProvider.tsx';
import { PendingPage } from '../ui/PendingPage.tsx';
import { BadLink } from './BadLink.tsx';
import { EntryPage } from './EntryPage.tsx';
import { JoinAsViewer } from './JoinAsViewer.tsx';
import { JoinWithAccount } from './JoinWithAccount.tsx';
import { useLinkToken } from './linkToken.ts';
import { SignInForm } from './SignInForm.tsx';

const introOf = ({ invitedBy, role }: InvitationOffer) => {
  const who = invitedBy === null ? 'You are invited' : `${invitedBy} invites you`;
  return `${who} to join as ${role === 'admin' ? 'an admin' : 'a member'}.`;
};

export function InvitationPage() {
  const token = useLinkToken();
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.post<InvitationOffer>('/invitations/lookup', { token }),
    staleTime: Infinity,
  });
  const session = useQuery(sessionQuery);
  const queryClient = useQueryClient();
  // Not an address of its own: the link’s token would have to travel in it.
  const [hasAccount, setHasAccount] = useState(false);

  if (offer.isError) return <BadLink title="Invitation" error={offer.error} onRetry={offer.refetch} />;
  if (session.isError) return <BadLink title="Invitation" error={session.error} onRetry={session.refetch} />;
  if (offer.isPending || session.isPending) return <PendingPage />;
  const { user } = session.data;
  const { provider, passwordSignIn } = offer.data;
  return (
    <EntryPage title={`Join ${offer.data.team}`} intro={introOf(offer.data)}>
      {user !== null && <JoinAsViewer token={token} user={user} />}
      {user === null && provider !== null && (
        <JoinByProvider provider={provider} token={token} passwordSignIn={passwordSignIn} />
      )}
      {user === null && passwordSignIn && !hasAccount && (
        <JoinWithAccount token={token} email={offer.data.email} onHaveAccount={() => setHasAccount(true)} />
      )}
      {user === null && passwordSignIn && hasAccount && (
        <SignInForm onSignedIn={(begun) => queryClient.setQueryData(sessionQuery.queryKey, begun)}>
          <Button variant="text" onClick={() => setHasAccount(false)}>
            I have no account
          </Button>
        </SignInForm>
      )}
    </EntryPage>
  );
}
