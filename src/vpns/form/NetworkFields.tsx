import { useController, useFormContext, useWatch } from 'react-hook-form';
import { checkPeerSubnets } from '../../../contract/peerSubnets.ts';
import { FormSection } from '../../ui/form/FormSection.tsx';
import { TagInput } from '../../ui/form/TagInput.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { AdvancedFields } from './AdvancedFields.tsx';
import { useFieldProblem } from './problems.ts';
import type { VpnFormValues } from './values.ts';
import { WithWarnings } from './WithWarnings.tsx';

function SubnetsField() {
  const { control, trigger } = useFormContext<VpnFormValues>();
  const { field } = useController<VpnFormValues, 'peerSubnets'>({ name: 'peerSubnets', control });
  const peerIp = useWatch<VpnFormValues, 'peerIp'>({ name: 'peerIp' }).trim();
  const problem = useFieldProblem('peerSubnets');
  const { warnings } = checkPeerSubnets(field.value, { peerIp });
  return (
    <WithWarnings warnings={warnings.map(({ message }) => message)}>
      <TagInput
        label="Peer Subnet(s)"
        placeholder={field.value.length === 0 ? 'Add a subnet, such as 10.250.0.0/24' : 'Add a subnet'}
        help="The private ranges behind the gateway, in CIDR notation."
        value={field.value}
        onChange={(value) => {
          field.onChange(value);
          void trigger('peerSubnets');
        }}
        onBlur={field.onBlur}
        ref={field.ref}
        invalid={problem.invalid}
        error={problem.error}
        fix={problem.fix}
      />
    </WithWarnings>
  );
}

/** `ledToAdvanced`: somebody is led to one of the advanced fields; another object each time. */
export function NetworkFields({ ledToAdvanced }: { ledToAdvanced: object | undefined }) {
  const { register, formState, trigger } = useFormContext<VpnFormValues>();
  const peerIp = useFieldProblem('peerIp');
  return (
    <FormSection title="Network Settings" purpose="Where the gateway is, and what lies behind it">
      <TextField
        label="Peer IP"
        mono
        inputMode="text"
        help="The public IP address of the gateway."
        error={peerIp.error}
        fix={peerIp.fix}
        {...register('peerIp', {
          // A subnet may be refused because of this address.
          onChange: () => formState.errors.peerSubnets && void trigger('peerSubnets'),
        })}
      />
      <SubnetsField />
      <AdvancedFields ledHere={ledToAdvanced} />
    </FormSection>
  );
}
