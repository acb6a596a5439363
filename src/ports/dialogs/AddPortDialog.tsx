import Button from '@mui/material/Button';
import { useState, type FormEvent } from 'react';
import { ignoredBecause } from '../../../contract/ignoredPorts.ts';
import { portLabel, type Port, type PortProtocol } from '../../../contract/ports.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Dialog, DialogActions, DialogNote } from '../../ui/Dialog.tsx';
import { Fields } from '../../ui/form/FormSection.tsx';
import { Segmented } from '../../ui/form/Segmented.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useForwardPort, type Place } from '../changes.ts';
import { typedPort } from '../portNumber.ts';

type AddPortDialogProps = {
  /** The ports that are listed already. */
  ports: readonly Port[];
  place: Place;
  onClose: () => void;
  /** Closes the dialog and leads to the row of a port. */
  onShow: (port: number) => void;
};

const protocols = [
  { value: 'http', label: 'HTTP' },
  { value: 'https', label: 'HTTPS' },
] as const;

type Problem = { message: string; fix?: { label: string; apply: () => void } };

/** Forwards a port, privately, whether something listens there yet or not. */
export default function AddPortDialog({ ports, place, onClose, onShow }: AddPortDialogProps) {
  const [text, setText] = useState('');
  const [label, setLabel] = useState('');
  const [protocol, setProtocol] = useState<PortProtocol>('http');
  const [submitted, setSubmitted] = useState(false);
  const forward = useForwardPort(place, ({ port }) => onShow(port));

  const refusedAt = (path: string) =>
    forward.error instanceof ApiProblem
      ? forward.error.errors.find((one) => one.path === path)?.message
      : undefined;
  const typed = typedPort(text);
  const number = 'port' in typed ? typed.port : undefined;
  const problemOfNumber = (): Problem | undefined => {
    if ('problem' in typed) {
      const { problem, meant } = typed;
      if (meant === undefined) return { message: problem };
      return { message: problem, fix: { label: `Use ${meant}`, apply: () => setText(String(meant)) } };
    }
    const { port } = typed;
    if (ports.some((one) => one.port === port && one.forwarded)) {
      return {
        message: `Port ${port} is forwarded already.`,
        fix: { label: `Show port ${port}`, apply: () => onShow(port) },
      };
    }
    const refused = refusedAt('port');
    return refused === undefined ? undefined : { message: refused };
  };
  const parsedLabel = label.trim() === '' ? undefined : portLabel.safeParse(label);
  const problem = submitted ? problemOfNumber() : undefined;
  const labelProblem = submitted ? (parsedLabel?.error?.issues[0]?.message ?? refusedAt('label')) : undefined;
  const service = number === undefined ? null : ignoredBecause(number);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    forward.reset();
    if (number === undefined || parsedLabel?.success === false) return;
    if (ports.some((one) => one.port === number && one.forwarded)) return;
    forward.mutate({
      port: number,
      protocol,
      ...(parsedLabel?.data === undefined ? {} : { label: parsedLabel.data }),
    });
  };
  const whole =
    forward.error && problem === undefined && labelProblem === undefined ? forward.error : undefined;
  return (
    <Dialog title="Add a port" onClose={onClose} busy={forward.isPending}>
      <form noValidate onSubmit={submit}>
        <Fields>
          <TextField
            label="Port"
            mono
            inputMode="numeric"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setSubmitted(false);
            }}
            help={
              service === null
                ? 'The number that the app listens on. It doesn’t have to listen yet.'
                : `${service}: on the ignore list, because it doesn’t speak HTTP as a rule.`
            }
            error={problem?.message}
            fix={problem?.fix}
          />
          <TextField
            label="Label (optional)"
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            help="What people call it, such as Web."
            error={labelProblem}
          />
          <Segmented
            label="Protocol"
            name="protocol"
            options={protocols}
            value={protocol}
            onChange={setProtocol}
            help={
              protocol === 'http'
                ? 'What the app speaks inside the workspace.'
                : 'What the app speaks inside the workspace. A self-signed certificate will do.'
            }
          />
          <DialogNote>
            It will be private: only you reach it, after signing in. HTTP is forwarded, with WebSockets; other
            TCP protocols, such as SSH or a database’s, aren’t.
          </DialogNote>
          {whole && <Notice state="failed">{whole.message}</Notice>}
          <DialogActions>
            <Button onClick={onClose} disabled={forward.isPending}>
              Add nothing
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={forward.isPending}>
              Add port
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
}
