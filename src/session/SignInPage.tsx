import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';
import { ProviderButtons } from '../signIn/ProviderButtons.tsx';
import { SignInProblemNotice } from '../signIn/SignInProblemNotice.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Mono } from '../ui/text.tsx';
import { useEnter } from './enter.ts';
import { portToOpen } from './destination.ts';
import { EntryPage } from './EntryPage.tsx';
import { SignInForm } from './SignInForm.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { to, problem } = route.useSearch();
  const { data: session } = useQuery(sessionQuery);
  const enter = useEnter();
  const port = portToOpen(to);
  const domain = session?.server.portsDomain ?? null;
  return (
    <EntryPage
      title="Sign in"
      {...(port === null || domain === null ? {} : { intro: <PortIntro host={`${port}.${domain}`} /> })}
      footnote="Forgot your password? An admin of your team can make a link with which you set a new one."
    >
      {session?.setup === 'needed' && (
        <Notice state="warning">
          Nobody has set up this server yet. Open the setup link that it printed when it started.
        </Notice>
      )}
      <SignInProblemNotice code={problem} />
      <ProviderButtons to={to} />
      <SignInForm onSignedIn={(begun) => enter(begun, to)} />
    </EntryPage>
  );
}

function PortIntro({ host }: { host: string }) {
  return (
    <>
      To open <Mono>{host}</Mono>, sign in. It opens if it is yours, or shared with you.
    </>
  );
}
