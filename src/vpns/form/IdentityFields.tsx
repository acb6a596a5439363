import { useState, type ClipboardEvent, type ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { checkPreSharedKey, generatePreSharedKey } from '../../../contract/preSharedKey.ts';
import { FormSection } from '../../ui/form/FormSection.tsx';
import { SecretField } from '../../ui/form/SecretField.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { useFieldProblem } from './problems.ts';
import type { VpnFormValues } from './values.ts';
import { WithWarnings } from './WithWarnings.tsx';

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));

/** A browser drops line breaks from what is pasted into one line: say so, because the gateway’s copy may hold them. */
const brokenLines =
  'The pasted text held line breaks, which are no part of the key here. Check that the gateway has it without them too.';

/** `optional`: a key is stored already, and stays unless another is typed. */
export function IdentityFields({ help, optional }: { help: ReactNode; optional: boolean }) {
  const { register, setValue } = useFormContext<VpnFormValues>();
  const name = useFieldProblem('name');
  const key = useFieldProblem('preSharedKey');
  const typedKey = useWatch<VpnFormValues, 'preSharedKey'>({ name: 'preSharedKey' });
  const [pastedLines, setPastedLines] = useState(false);

  const checked = typedKey === '' ? undefined : checkPreSharedKey(typedKey);
  const warnings = (checked?.ok === true ? checked.warnings : []).map(({ message }) => message);
  if (pastedLines && typedKey !== '') warnings.unshift(brokenLines);
  const onPaste = (event: ClipboardEvent) =>
    setPastedLines(/[\r\n]/.test(event.clipboardData.getData('text').trim()));

  return (
    <FormSection title="Identity">
      <TextField label="Name" error={name.error} fix={name.fix} {...register('name')} />
      <WithWarnings warnings={warnings}>
        <SecretField
          label="Pre-Shared Key"
          placeholder={optional ? 'Unchanged' : undefined}
          help={help}
          error={key.error}
          onGenerate={() => {
            setPastedLines(false);
            setValue('preSharedKey', generatePreSharedKey(randomBytes), {
              shouldDirty: true,
              shouldValidate: true,
            });
          }}
          onPaste={onPaste}
          {...register('preSharedKey')}
        />
      </WithWarnings>
    </FormSection>
  );
}
