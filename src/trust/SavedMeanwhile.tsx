import Button from '@mui/material/Button';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { ApiProblem } from '../api/problem.ts';
import { Row } from '../ui/Panel.tsx';
import { limitsInWords } from './ruleWords.ts';

const isRule = (value: unknown): value is TrustedRepository =>
  typeof value === 'object' && value !== null && 'issuer' in value && 'events' in value;

/** The rule as somebody else has saved it since an edit began, when that is why the edit was refused. */
export const savedMeanwhile = (error: unknown): TrustedRepository | undefined =>
  error instanceof ApiProblem && error.status === 412 && isRule(error.current) ? error.current : undefined;

type SavedMeanwhileProps = { theirs: TrustedRepository; onOverwrite: () => void; onTake: () => void };

/** Two people changed one rule: what is saved now, and what can be done. */
export function SavedMeanwhile({ theirs, onOverwrite, onTake }: SavedMeanwhileProps) {
  const vpns = theirs.vpns === null ? 'all VPNs' : theirs.vpns.map(({ name }) => name).join(', ') || 'no VPN';
  const limits = limitsInWords(theirs);
  return (
    <>
      Somebody saved this rule while you were editing it: now it lets{' '}
      {limits.length === 0 ? 'any run' : `runs ${limits.join(', ')}`} use {vpns}. Nothing of yours is saved
      yet.
      <Row style={{ marginTop: 8 }}>
        <Button size="small" onClick={onOverwrite}>
          Save mine over it
        </Button>
        <Button size="small" onClick={onTake}>
          Take what is saved
        </Button>
      </Row>
    </>
  );
}
