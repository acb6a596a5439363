import Button from '@mui/material/Button';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { FieldName } from '../form/checkForm.ts';
import type { VpnFormValues } from '../form/values.ts';
import { fillForm } from './fillForm.ts';
import { FilledFrom } from './FilledFrom.tsx';
import type { Imported } from './ImportDialog.tsx';
import { importedFacts, type ImportedFact } from './importedFacts.ts';

// Readers of gateway files are needed by those only who have one.
const ImportDialog = lazy(() => import('./ImportDialog.tsx'));

type ImportFlow = {
  form: UseFormReturn<VpnFormValues>;
  allowPrivatePeers: boolean;
  open: boolean;
  onOpen: () => void;
  onClose: () => void;
};

/** The button, the dialog and what is shown over the form afterwards. Filling makes the form dirty, like typing. */
export function useImport({ form, allowPrivatePeers, open, onOpen, onClose }: ImportFlow): {
  button: ReactNode;
  dialog: ReactNode;
  filled: ReactNode;
  /** For the form: the field that somebody asked for. */
  led: { field: FieldName } | undefined;
} {
  const [taken, setTaken] = useState<{ imported: Imported; facts: ImportedFact[] }>();
  const [led, setLed] = useState<{ field: FieldName }>();
  const fill = (imported: Imported) => {
    const before = form.getValues();
    const named = before.name.trim() !== '';
    const facts = importedFacts(imported.connection).filter(({ field }) => field !== 'name' || !named);
    form.reset(fillForm(before, imported.connection), { keepDefaultValues: true, keepTouched: true });
    setTaken({ imported, facts });
    onClose();
    // What is taken over is checked at once, together with what was there before; what is still empty, on saving.
    void form.trigger(facts.map(({ field }) => field));
  };
  return {
    led,
    button: <Button onClick={onOpen}>Import from the gateway</Button>,
    dialog: open && (
      <Suspense>
        <ImportDialog allowPrivatePeers={allowPrivatePeers} onFill={fill} onClose={onClose} />
      </Suspense>
    ),
    filled: taken && (
      <FilledFrom {...taken} onField={(field) => setLed({ field })} onDismiss={() => setTaken(undefined)} />
    ),
  };
}
