import Button from '@mui/material/Button';
import type { Port, PortChange } from '../../contract/ports.ts';
import { Notice } from '../ui/Notice.tsx';
import { Row } from '../ui/Panel.tsx';
import { visibilityNames } from '../ui/portWords.ts';
import type { PortsPanel } from './panel.ts';
import { changedMeanwhile } from './portWording.ts';
import type { RowTrouble } from './useRowChanges.ts';

const insist = ({ visibility }: PortChange) =>
  visibility === undefined
    ? 'Save it all the same'
    : `Make it ${visibilityNames[visibility].toLowerCase()} all the same`;

type RowTroubleNoticeProps = { port: Port; trouble: RowTrouble; rows: PortsPanel['rows'] };

/** Under a row: why its change didn’t work. After somebody else’s change, only the reader decides to go on. */
export function RowTroubleNotice({ port, trouble, rows }: RowTroubleNoticeProps) {
  const { error, attempt, theirs } = trouble;
  const putAside = () => rows.putAside(port.port);
  if (attempt !== undefined && theirs !== undefined) {
    const { from, change } = attempt;
    return (
      <Notice
        state="warning"
        action={
          <Row>
            {theirs.forwarded && theirs.visibility !== change.visibility && (
              <Button size="small" onClick={() => rows.change(theirs, change)}>
                {insist(change)}
              </Button>
            )}
            <Button size="small" variant="text" onClick={putAside}>
              Leave it as it is
            </Button>
          </Row>
        }
      >
        {changedMeanwhile(from, theirs)}
      </Notice>
    );
  }
  return (
    <Notice
      state="failed"
      action={
        <Button size="small" variant="text" onClick={putAside}>
          Dismiss
        </Button>
      }
    >
      {error.message}
    </Notice>
  );
}
