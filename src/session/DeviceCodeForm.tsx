import { getRouteApi } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { FormActions } from '../ui/form/FormActions.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Mono } from '../ui/text.tsx';
import { EntryPage } from './EntryPage.tsx';

const route = getRouteApi('/device');

type DeviceCodeFormProps = {
  /** What was tried, and why it is no good. */
  typed?: string;
  problem?: string;
};

/** Takes the code that the terminal shows. */
export function DeviceCodeForm({ typed = '', problem }: DeviceCodeFormProps) {
  const navigate = route.useNavigate();
  const [code, setCode] = useState(typed);
  const [tried, setTried] = useState(problem);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = code.trim().toUpperCase();
    if (text === '') setTried('Enter the code that the terminal shows.');
    else void navigate({ search: { code: text } });
  };
  return (
    <EntryPage
      title="Sign in the command line"
      intro={
        <>
          Enter the code that <Mono>culvert login</Mono> shows in your terminal.
        </>
      }
    >
      <form noValidate onSubmit={submit}>
        <Fields>
          <TextField
            label="Code"
            mono
            help="Eight letters, such as BCDF-GHJK."
            error={code === typed || code === '' ? tried : undefined}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <FormActions submit="Continue" loading={false} error={undefined} />
        </Fields>
      </form>
    </EntryPage>
  );
}
