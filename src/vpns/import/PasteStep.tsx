import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useRef, useState, type DragEvent } from 'react';
import { color, radius, type } from '../../theme/tokens.ts';
import { DialogActions } from '../../ui/Dialog.tsx';
import { controlStyle } from '../../ui/form/control.ts';
import { Field } from '../../ui/form/Field.tsx';
import { Row } from '../../ui/Panel.tsx';
import { readFile } from './readFile.ts';

const Drop = styled('div')({
  borderRadius: radius.control,
  outlineOffset: 2,
  '&[data-over]': { outline: `2px dashed ${color.primary}` },
});
const Text = styled('textarea')({
  ...controlStyle,
  ...type.mono,
  display: 'block',
  minHeight: 240,
  resize: 'vertical',
  whiteSpace: 'pre',
  overflowWrap: 'normal',
});

const example = `conn workspaces
    keyexchange=ikev2
    left=%defaultroute
    …`;

type PasteStepProps = {
  text: string;
  onText: (text: string) => void;
  /** Why the text can’t be read. */
  error: string | undefined;
  onError: (message: string) => void;
  onRead: (text: string) => void;
  onCancel: () => void;
};

/** Where the gateway's file comes in: pasted, dropped or chosen. Whatever goes wrong, the text stays. */
export function PasteStep({ text, onText, error, onError, onRead, onCancel }: PasteStepProps) {
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);

  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = await readFile(file);
    if (!read.ok) return onError(read.refusal.message);
    onText(read.value);
    onRead(read.value);
  };
  const onDrop = (event: DragEvent) => {
    setOver(false);
    const [file] = event.dataTransfer.files;
    // Dropped text goes where the browser puts it.
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onRead(text);
      }}
    >
      <Drop
        data-over={over ? '' : undefined}
        onDragOver={onDragOver}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Field
          label="The gateway’s configuration"
          help="strongSwan’s ipsec.conf or swanctl.conf, or a Libreswan connection; lines of ipsec.secrets may stand with it. It stays in this page: nothing of it is sent."
          error={error}
        >
          {(control) => (
            <Text
              value={text}
              onChange={(event) => onText(event.target.value)}
              placeholder={example}
              rows={14}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              data-1p-ignore=""
              {...control}
            />
          )}
        </Field>
      </Drop>
      <DialogActions style={{ justifyContent: 'space-between', marginTop: 18 }}>
        <Row>
          <Button onClick={() => chooser.current?.click()}>Choose a file</Button>
          <input
            ref={chooser}
            type="file"
            hidden
            aria-label="The gateway’s file"
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </Row>
        <Row>
          <Button variant="text" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" color="primary">
            Read it
          </Button>
        </Row>
      </DialogActions>
    </form>
  );
}
