import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useEffect, useState, type ReactNode } from 'react';
import { FormProvider, useWatch, type UseFormReturn } from 'react-hook-form';
import { FormActions } from '../../ui/form/FormActions.tsx';
import { checkForm, type CheckContext, type FieldName } from './checkForm.ts';
import { EspFields, IkeFields } from './CipherSections.tsx';
import { GatewaySide } from '../GatewaySide.tsx';
import { IdentityFields } from './IdentityFields.tsx';
import { NetworkFields } from './NetworkFields.tsx';
import { Refusals } from './problems.ts';
import { toSettings, type VpnFormValues } from './values.ts';
import { TrialPanel } from '../trial/TrialPanel.tsx';

/** Below this there is no room for the gateway's side beside the fields. */
const narrow = '@media (max-width: 1099.95px)';

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 756px) minmax(260px, 372px)',
  alignItems: 'start',
  gap: 40,
  [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
});

const Filled = styled('div')({ minWidth: 0 });
const Beside = styled('div')({ position: 'sticky', top: 18, [narrow]: { position: 'static' } });

type VpnFormProps = {
  form: UseFormReturn<VpnFormValues>;
  context: CheckContext;
  /** The VPN whose key is used while none is typed; null: there is none. */
  storedVpn: string | null;
  /** What to know about the key: that it is needed, or that one is stored. */
  keyHelp: ReactNode;
  /** The field that a link leads to, such as `esp.proposals`. */
  focus: FieldName | undefined;
  /** A field that something beside the form leads to; each new object leads there again. */
  led?: { field: FieldName } | undefined;
  submit: string;
  onSubmit: (values: VpnFormValues) => void;
  loading: boolean;
  error: ReactNode | undefined;
  /** Other ways out, beside the submit button. */
  children: ReactNode;
};

const advanced: readonly FieldName[] = ['peerId', 'udpEncapsulation', 'dpdDelaySeconds'];

/** The fields of a VPN, and beside them, live, what the gateway has to be set to. */
export function VpnForm({
  form,
  context,
  storedVpn,
  keyHelp,
  focus,
  led,
  submit,
  onSubmit,
  loading,
  error,
  children,
}: VpnFormProps) {
  const values = useWatch({ control: form.control, compute: (all: VpnFormValues) => all });
  const refusals = checkForm(values, context);
  const [testing, setTesting] = useState(false);
  const [mend, setMend] = useState<{ field: FieldName } | undefined>(focus && { field: focus });
  const [followed, setFollowed] = useState(led);
  if (led !== followed) {
    setFollowed(led);
    setMend(led);
  }
  const { setFocus } = form;
  useEffect(() => {
    if (mend !== undefined) setFocus(mend.field);
  }, [mend, setFocus]);
  return (
    <FormProvider {...form}>
      <Refusals value={refusals}>
        <Columns>
          <Filled>
            <form noValidate onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}>
              <IdentityFields help={keyHelp} optional={context.keyIsSet} />
              <IkeFields />
              <EspFields />
              <NetworkFields ledToAdvanced={mend && advanced.includes(mend.field) ? mend : undefined} />
              <FormActions submit={submit} loading={loading} error={error}>
                <Button aria-expanded={testing} onClick={() => setTesting(!testing)}>
                  Test with a replica
                </Button>
                {children}
              </FormActions>
            </form>
            {testing && (
              <TrialPanel
                storedVpn={storedVpn}
                onMend={(field) => setMend({ field })}
                onClose={() => setTesting(false)}
              />
            )}
          </Filled>
          <Beside>
            <GatewaySide
              settings={toSettings(values)}
              note="Changes as you type. What has to match on both sides is marked."
            />
          </Beside>
        </Columns>
      </Refusals>
    </FormProvider>
  );
}
