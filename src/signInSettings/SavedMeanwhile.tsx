import Button from '@mui/material/Button';
import type { SignInProvider } from '../../contract/signInProviders.ts';
import { ApiProblem } from '../api/problem.ts';
import { Row } from '../ui/Panel.tsx';

const isProvider = (value: unknown): value is SignInProvider =>
  typeof value === 'object' && value !== null && 'issuer' in value && 'clientId' in value;

/** The settings as somebody else has saved them since an edit began, or null where they removed them; undefined: they didn’t. */
export const savedMeanwhile = (error: unknown): SignInProvider | null | undefined => {
  if (!(error instanceof ApiProblem) || error.status !== 412) return undefined;
  return isProvider(error.current) ? error.current : null;
};

type SavedMeanwhileProps = { theirs: SignInProvider | null; onOverwrite: () => void; onTake: () => void };

/** Two admins changed how members sign in: what is saved now, and what can be done. */
export const SavedMeanwhile = ({ theirs, onOverwrite, onTake }: SavedMeanwhileProps) => (
  <>
    {theirs === null
      ? 'Somebody removed the provider while you were editing it.'
      : `${theirs.updatedBy?.name ?? 'Somebody'} saved these settings while you were editing them: ${theirs.name}, ${theirs.issuer}.`}{' '}
    Nothing of yours is saved yet.
    <Row style={{ marginTop: 8 }}>
      <Button size="small" onClick={onOverwrite}>
        {theirs === null ? 'Set it up anew' : 'Save mine over it'}
      </Button>
      <Button size="small" onClick={onTake}>
        {theirs === null ? 'Leave it removed' : 'Take what is saved'}
      </Button>
    </Row>
  </>
);
