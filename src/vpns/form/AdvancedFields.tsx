import { useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { Disclosure } from '../../ui/form/Disclosure.tsx';
import { DurationField } from '../../ui/form/DurationField.tsx';
import { FieldPair, Fields } from '../../ui/form/FormSection.tsx';
import { Segmented } from '../../ui/form/Segmented.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { useFieldProblem } from './problems.ts';
import type { VpnFormValues } from './values.ts';

const encapsulations = [
  { value: 'always', label: 'Always' },
  { value: 'nat', label: 'Only behind NAT' },
] as const;

/**
 * What most gateways need no change of. Opens by itself where one of its fields is refused, and each time that somebody is
 * led to one of them: `ledHere` is then another object than before.
 */
export function AdvancedFields({ ledHere }: { ledHere: object | undefined }) {
  const { control, register } = useFormContext<VpnFormValues>();
  const udp = useController<VpnFormValues, 'udpEncapsulation'>({ name: 'udpEncapsulation', control });
  const dpd = useController<VpnFormValues, 'dpdDelaySeconds'>({ name: 'dpdDelaySeconds', control });
  const peerId = useFieldProblem('peerId');
  const dpdProblem = useFieldProblem('dpdDelaySeconds');
  const [open, setOpen] = useState(ledHere !== undefined);
  const [seen, setSeen] = useState(ledHere);
  if (seen !== ledHere) {
    setSeen(ledHere);
    if (ledHere !== undefined) setOpen(true);
  }
  const refused = peerId.error !== undefined || dpdProblem.error !== undefined;
  return (
    <Disclosure open={open || refused} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Advanced: peer ID, UDP encapsulation, dead peer detection</summary>
      <Fields>
        <TextField
          label="Peer ID"
          mono
          placeholder="The peer IP"
          help="What the gateway calls itself, where that isn’t the peer IP: often its private address when it is behind NAT."
          error={peerId.error}
          fix={peerId.fix}
          {...register('peerId')}
        />
        <FieldPair>
          <Segmented
            label="UDP encapsulation"
            name="udp-encapsulation"
            help="Always is the safe choice: it passes every NAT and firewall that lets UDP 4500 through."
            options={encapsulations}
            value={udp.field.value ? 'always' : 'nat'}
            onChange={(value) => udp.field.onChange(value === 'always')}
          />
          <DurationField
            label="Dead peer detection"
            help="How often a silent gateway is asked whether it is still there."
            units={['seconds', 'minutes']}
            value={dpd.field.value}
            onChange={dpd.field.onChange}
            onBlur={dpd.field.onBlur}
            ref={dpd.field.ref}
            error={dpdProblem.error}
          />
        </FieldPair>
      </Fields>
    </Disclosure>
  );
}
