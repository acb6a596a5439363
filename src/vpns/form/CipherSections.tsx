import { useController, useFormContext } from 'react-hook-form';
import type { IkeVersion } from '../../../contract/vpns.ts';
import { DurationField } from '../../ui/form/DurationField.tsx';
import { FieldPair, FormSection } from '../../ui/form/FormSection.tsx';
import { Segmented } from '../../ui/form/Segmented.tsx';
import { useFieldProblem } from './problems.ts';
import { PresetFields } from './suites/PresetFields.tsx';
import { SuitesField } from './suites/SuitesField.tsx';
import { VersionRepair } from './suites/VersionRepair.tsx';
import type { VpnFormValues } from './values.ts';

const versions = [
  { value: '1', label: 'IKEv1' },
  { value: '2', label: 'IKEv2' },
] as const;

function VersionField() {
  const { control, trigger } = useFormContext<VpnFormValues>();
  const { field } = useController<VpnFormValues, 'ike.version'>({ name: 'ike.version', control });
  const choose = (version: IkeVersion) => {
    field.onChange(version);
    // What one version can carry, the other may not: say so at the suites at once.
    void trigger(['ike.proposals', 'esp.proposals']);
  };
  return (
    <Segmented
      label="Version"
      name="ike-version"
      options={versions}
      value={field.value === 1 ? '1' : '2'}
      onChange={(value) => choose(value === '1' ? 1 : 2)}
    />
  );
}

function LifetimeField({ phase }: { phase: 'ike' | 'esp' }) {
  const name = `${phase}.lifetimeSeconds` as const;
  const { control } = useFormContext<VpnFormValues>();
  const { field } = useController<VpnFormValues, typeof name>({ name, control });
  const problem = useFieldProblem(name);
  return (
    <DurationField
      label="Lifetime"
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      ref={field.ref}
      error={problem.error}
    />
  );
}

export const IkeFields = () => (
  <>
    <PresetFields />
    <FormSection title="IKE settings" purpose="Phase 1: who the sides are">
      <FieldPair>
        <VersionField />
        <LifetimeField phase="ike" />
      </FieldPair>
      <VersionRepair />
      <SuitesField phase="ike" />
    </FormSection>
  </>
);

export const EspFields = () => (
  <FormSection title="ESP settings" purpose="Phase 2: how traffic is protected">
    <FieldPair>
      <LifetimeField phase="esp" />
    </FieldPair>
    <SuitesField phase="esp" />
  </FormSection>
);
