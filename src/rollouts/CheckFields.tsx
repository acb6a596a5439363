import { styled } from '@mui/material/styles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { useTeam } from '../session/viewer.ts';
import { media } from '../theme/tokens.ts';
import { Disclosure } from '../ui/form/Disclosure.tsx';
import { DurationField } from '../ui/form/DurationField.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { verificationsQuery } from '../api/vpns.ts';
import { checkWords } from '../tunnels/check/check.ts';
import { portRefusal } from '../tunnels/check/port.ts';
import { suggestAddress } from '../tunnels/check/suggestAddress.ts';
import { addressRefusal, lastAnswered, limitRefusal, type CheckValues } from './checkValues.ts';

const Pair = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
  gap: 14,
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)' },
});

type CheckFieldsProps = {
  /** The VPN whose checks may hold an address that is known to answer. */
  vpn: string;
  /** Behind the gateway that is tried. */
  peerSubnets: readonly string[];
};

/** What has to answer before a replica counts as through, and how long it gets. Inside a form that holds `CheckValues`. */
export function CheckFields({ vpn, peerSubnets }: CheckFieldsProps) {
  const { id: team } = useTeam();
  const { register, setValue, getValues, trigger, control, formState } = useFormContext<CheckValues>();
  const limit = useController({
    name: 'limitSeconds',
    control,
    rules: { validate: limitRefusal },
  });
  const { data: history } = useInfiniteQuery(verificationsQuery(team, vpn));
  const [open, setOpen] = useState(false);
  const { errors } = formState;
  const answered = lastAnswered(history?.items ?? [], peerSubnets);
  const take = ({ address, port }: NonNullable<typeof answered>) => {
    setValue('address', address, { shouldValidate: true });
    setValue('port', port === null ? '' : String(port), { shouldValidate: true });
  };
  return (
    <>
      <Pair>
        <TextField
          label="Has to answer (optional)"
          mono
          placeholder={suggestAddress(peerSubnets)?.address}
          help={
            answered === undefined ? (
              'A private IP behind the gateway. Without one, being up is enough.'
            ) : (
              <>
                Without one, being up is enough.{' '}
                <LinkButton onClick={() => take(answered)}>Use {checkWords(answered)}</LinkButton>, which
                answered last.
              </>
            )
          }
          error={errors.address?.message}
          {...register('address', {
            validate: (address) => addressRefusal({ address, port: getValues('port') }, peerSubnets),
          })}
        />
        <TextField
          label="TCP port"
          mono
          inputMode="numeric"
          help="Without one, it pings."
          error={errors.port?.message}
          {...register('port', {
            validate: portRefusal,
            // Whether an address is needed depends on it.
            onChange: () => formState.errors.address && void trigger('address'),
          })}
        />
      </Pair>
      <Disclosure
        open={open || errors.limitSeconds !== undefined}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>More: time limit</summary>
        <DurationField
          label="Time limit for each replica"
          help="Then it goes back by itself."
          units={['seconds', 'minutes']}
          value={limit.field.value}
          onChange={limit.field.onChange}
          onBlur={limit.field.onBlur}
          ref={limit.field.ref}
          error={errors.limitSeconds?.message}
        />
      </Disclosure>
    </>
  );
}
