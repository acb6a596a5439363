import { ApiProblem } from '../api/problem.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { EntryPage } from './EntryPage.tsx';

type BadLinkProps = { title: string; error: Error; onRetry: () => unknown };

/** A link that can't be used, or that can't be looked up now. */
export function BadLink({ title, error, onRetry }: BadLinkProps) {
  const final = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
  if (!final) {
    return (
      <EntryPage title={title}>
        <ErrorState title="The link can’t be looked up" error={error} onRetry={onRetry} />
      </EntryPage>
    );
  }
  return (
    <EntryPage title="This link is no good" intro={error.message}>
      <div>
        <ButtonLink to="/sign-in">Sign in</ButtonLink>
      </div>
    </EntryPage>
  );
}
