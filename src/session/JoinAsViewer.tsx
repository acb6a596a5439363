import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import type { Session } from '../../contract/session.ts';
import { api } from '../api/client.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Row } from '../ui/Panel.tsx';
import { Paragraph } from '../ui/text.tsx';
import { useEnter } from './enter.ts';
import { useSignOut } from './signOut.ts';

type JoinAsViewerProps = { token: string; user: NonNullable<Session['user']> };

/** Accepting an invitation with the account that is signed in. */
export function JoinAsViewer({ token, user }: JoinAsViewerProps) {
  const enter = useEnter();
  const signOut = useSignOut('here');
  const join = useMutation({
    mutationFn: () => api.post<Session>('/invitations/accept', { token }),
    onSuccess: (session) => enter(session, `/teams/${session.teams.at(-1)?.id ?? ''}`),
  });
  return (
    <Fields>
      <Paragraph>
        You are signed in as {user.name} ({user.email}).
      </Paragraph>
      {join.error && <Notice state="failed">{join.error.message}</Notice>}
      <Row>
        <Button variant="contained" color="primary" loading={join.isPending} onClick={() => join.mutate()}>
          Join the team
        </Button>
        <Button variant="text" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out, to use another account
        </Button>
      </Row>
    </Fields>
  );
}
