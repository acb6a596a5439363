import { getRouteApi } from '@tanstack/react-router';
import { Notice } from '../ui/Notice.tsx';
import { SignInProblemNotice } from './SignInProblemNotice.tsx';

const route = getRouteApi('/account/');

/** What became of linking, for who comes back from the provider. */
export function LinkOutcome() {
  const { linked, problem } = route.useSearch();
  if (linked === 'yes')
    return <Notice state="none">The provider is linked. You can sign in with it from now on.</Notice>;
  return <SignInProblemNotice code={problem} />;
}
