import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { Vpn } from '../../contract/vpns.ts';
import { color, media, type } from '../theme/tokens.ts';
import { counted } from '../ui/counted.ts';
import { Dialog, DialogActions, DialogNote } from '../ui/Dialog.tsx';
import { Tag } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { differences, type FieldDifference } from './form/difference.ts';
import type { VpnFormValues } from './form/values.ts';

const Table = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  '& th': {
    ...type.small,
    textAlign: 'left',
    fontWeight: 500,
    color: color.textSecondary,
    verticalAlign: 'top',
  },
  '& th, & td': { padding: '8px 12px 8px 0', borderBottom: `1px solid ${color.line}` },
  '& td': { ...type.mono, verticalAlign: 'top', overflowWrap: 'anywhere' },
  '& tbody th': { paddingTop: 10, whiteSpace: 'nowrap' },
  '& td[data-changed]': { color: color.text },
  '& td:not([data-changed])': { color: color.textTertiary },
  [media.phone]: { '& tbody th': { whiteSpace: 'normal' } },
});

const Scroll = styled('div')({ maxHeight: '50vh', overflowY: 'auto' });

const marks: Record<FieldDifference['changedBy'], string | undefined> = {
  both: 'changed by both',
  you: undefined,
  them: undefined,
};

type ConflictDialogProps = {
  base: Vpn;
  yours: VpnFormValues;
  theirs: Vpn;
  loading: boolean;
  onEditOnTop: () => void;
  onOverwrite: () => void;
  onClose: () => void;
};

/** Two people changed one VPN: both versions by field, and what can be done. Nobody’s edit is silently lost. */
export function ConflictDialog({
  base,
  yours,
  theirs,
  loading,
  onEditOnTop,
  onOverwrite,
  onClose,
}: ConflictDialogProps) {
  const rows = differences(base, yours, theirs);
  const who = theirs.updatedBy?.name ?? 'Somebody';
  const lost = rows.filter(({ changedBy }) => changedBy !== 'you').map(({ label }) => label);
  return (
    <Dialog
      title={`${who} changed ${base.name} while you were editing it`}
      onClose={onClose}
      busy={loading}
      width={760}
    >
      <div>
        {who} saved <RelativeTime at={theirs.updatedAt} />. Nothing of yours is saved yet.
      </div>
      <Scroll tabIndex={0} role="group" aria-label="Differences">
        <Table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours, not saved</th>
              <th scope="col">{who}’s, saved</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, yours: mine, theirs: other, changedBy }) => (
              <tr key={label}>
                <th scope="row">
                  {label} {marks[changedBy] !== undefined && <Tag>{marks[changedBy]}</Tag>}
                </th>
                <td data-changed={changedBy === 'them' ? undefined : ''}>{mine}</td>
                <td data-changed={changedBy === 'you' ? undefined : ''}>{other}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Scroll>
      <DialogNote>
        Editing on top of {who}’s version keeps both: theirs, with the fields you changed.
        {lost.length > 0 && ` Overwriting takes back ${who}’s ${lost.join(', ')}.`}
        {theirs.tunnels.wanted > 0 && ` Overwriting changes ${counted(theirs.tunnels.wanted, 'tunnel')}.`}
      </DialogNote>
      <DialogActions>
        <Button variant="text" onClick={onClose} disabled={loading}>
          Back to the form
        </Button>
        <Button onClick={onOverwrite} loading={loading} color="error">
          Overwrite with mine
        </Button>
        <Button variant="contained" color="primary" onClick={onEditOnTop} disabled={loading}>
          Keep editing on top of theirs
        </Button>
      </DialogActions>
    </Dialog>
  );
}
