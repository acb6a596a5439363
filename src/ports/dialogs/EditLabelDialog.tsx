import Button from '@mui/material/Button';
import { useState, type FormEvent } from 'react';
import { portLabel, type Port } from '../../../contract/ports.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Dialog, DialogActions } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Stack } from '../../ui/Panel.tsx';
import { currentPort, useChangePort, type Place } from '../changes.ts';
import { changedMeanwhile } from '../portWording.ts';

type EditLabelDialogProps = { port: Port; place: Place; onClose: () => void };

/** Gives a port a name for people. Left empty, it has the one of devcontainer.json, or none. */
export default function EditLabelDialog({ port, place, onClose }: EditLabelDialogProps) {
  const [from, setFrom] = useState(port);
  const [label, setLabel] = useState(port.label ?? '');
  const [invalid, setInvalid] = useState<string>();
  const save = useChangePort(place, {
    onDone: onClose,
    onRefused: (error) => setFrom(currentPort(error) ?? from),
  });
  const theirs = currentPort(save.error);
  const refused = save.error instanceof ApiProblem ? save.error.errors[0]?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = portLabel.safeParse(label.trim() === '' ? null : label);
    setInvalid(parsed.error?.issues[0]?.message);
    if (parsed.success) save.mutate({ from, change: { label: parsed.data } });
  };
  return (
    <Dialog title={`Label of port ${port.port}`} onClose={onClose} busy={save.isPending}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextField
            label="Label"
            value={label}
            onChange={(event) => {
              setLabel(event.target.value);
              setInvalid(undefined);
            }}
            help={
              port.origin === 'devcontainer'
                ? 'What people call it, such as Web. Empty: as devcontainer.json has it.'
                : 'What people call it, such as Web. May be empty.'
            }
            error={invalid ?? refused}
          />
          {theirs !== undefined && (
            <Notice state="warning">
              {changedMeanwhile(port, theirs)} Saving puts your label in its place.
            </Notice>
          )}
          {save.error && theirs === undefined && refused === undefined && (
            <Notice state="failed">{save.error.message}</Notice>
          )}
          <DialogActions>
            <Button onClick={onClose} disabled={save.isPending}>
              Keep {theirs ? 'theirs' : 'as it is'}
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={save.isPending}>
              Save label
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
