import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { FormProvider, type UseFormReturn } from 'react-hook-form';
import { FormActions } from '../../ui/form/FormActions.tsx';
import { FormSection } from '../../ui/form/FormSection.tsx';
import { LimitFields } from './LimitFields.tsx';
import { RuleReadout } from './RuleReadout.tsx';
import type { RuleValues } from './values.ts';
import { VpnFields } from './VpnFields.tsx';

/** Below this there is no room for the readout beside the fields. */
const narrow = '@media (max-width: 1099.95px)';

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 756px) minmax(260px, 372px)',
  alignItems: 'start',
  gap: 40,
  [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: 24 },
});
const Filled = styled('form')({ minWidth: 0 });
const Beside = styled('div')({ position: 'sticky', top: 18, [narrow]: { position: 'static' } });
const Last = styled('div')({ paddingTop: 22 });

type RuleFormProps = {
  form: UseFormReturn<RuleValues>;
  /** Whom it is about: fields for a new rule, words for one that there is. */
  who: ReactNode;
  /** What to know before: the run that was refused. */
  notice?: ReactNode;
  submit: string;
  loading: boolean;
  error: ReactNode | undefined;
  onSubmit: (values: RuleValues) => void;
  /** Other ways out, beside the submit button. */
  children: ReactNode;
};

/** A rule’s fields, and beside them, live, what it lets in. */
export const RuleForm = (props: RuleFormProps) => {
  const { form, who, notice, submit, loading, error, onSubmit, children } = props;
  return (
    <FormProvider {...form}>
      <Columns>
        <Filled noValidate onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}>
          {notice}
          {who}
          <FormSection title="VPNs" purpose="What its previews may be connected to.">
            <VpnFields />
          </FormSection>
          <FormSection
            title="Runs"
            purpose="Which of its runs get in. Left empty: any, but for code from outside."
          >
            <LimitFields />
          </FormSection>
          <Last>
            <FormActions submit={submit} loading={loading} error={error}>
              {children}
            </FormActions>
          </Last>
        </Filled>
        <Beside>
          <RuleReadout />
        </Beside>
      </Columns>
    </FormProvider>
  );
};
