import { styled } from '@mui/material/styles';
import { getRouteApi } from '@tanstack/react-router';
import { Notice } from '../ui/Notice.tsx';
import { problemSentence } from './problemWords.ts';
import { SignInProblemNotice } from './SignInProblemNotice.tsx';

const Above = styled('section')({ marginBottom: 22 });

const route = getRouteApi('/account/');

/** What became of linking, for who comes back from the provider: above everything else of the page. */
export function LinkOutcome() {
  const { linked, problem } = route.useSearch();
  if (linked !== 'yes' && problemSentence(problem) === undefined) return null;
  return (
    <Above aria-label="Linking a provider">
      {linked === 'yes' ? (
        <Notice state="none">The provider is linked. You can sign in with it from now on.</Notice>
      ) : (
        <SignInProblemNotice code={problem} />
      )}
    </Above>
  );
}
