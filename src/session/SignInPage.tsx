import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';
import { Notice } from '../ui/Notice.tsx';
import { useEnter } from './enter.ts';
import { EntryPage } from './EntryPage.tsx';
import { SignInForm } from './SignInForm.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { to } = route.useSearch();
  const { data: session } = useQuery(sessionQuery);
  const enter = useEnter();
  return (
    <EntryPage
      title="Sign in"
      footnote="Forgot your password? An admin of your team can make a link with which you set a new one."
    >
      {session?.setup === 'needed' && (
        <Notice state="warning">
          Nobody has set up this server yet. Open the setup link that it printed when it started.
        </Notice>
      )}
      <SignInForm onSignedIn={(begun) => enter(begun, to)} />
    </EntryPage>
  );
}
