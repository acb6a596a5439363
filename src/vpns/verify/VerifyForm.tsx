import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Verification, VerificationCreate } from '../../../contract/verifications.ts';
import { parseVerifyAddress } from '../../../contract/verifyAddress.ts';
import type { Vpn } from '../../../contract/vpns.ts';
import { api, apiPath } from '../../api/client.ts';
import { sameName, showProblem } from '../../api/formProblem.ts';
import { keys } from '../../api/keys.ts';
import { useTeam } from '../../session/viewer.ts';
import { media } from '../../theme/tokens.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PanelBody } from '../../ui/Panel.tsx';
import { portRefusal, toPort } from '../../tunnels/check/port.ts';
import { suggestAddress } from '../../tunnels/check/suggestAddress.ts';

const Line = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) auto',
  gap: 14,
  alignItems: 'start',
  // The button stands beside the inputs, below the height of a label.
  '& > div:last-of-type': { paddingTop: 23 },
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', '& > div:last-of-type': { paddingTop: 0 } },
});

type Input = { address: string; port: string };

type VerifyFormProps = {
  vpn: Vpn;
  /** What the address in the browser or the last check says to start with. */
  initial: Input;
  onStarted: (verification: Verification) => void;
};

/** An address inside the peer subnets, with or without a TCP port, to be tried from every replica. */
export function VerifyForm({ vpn, initial, onStarted }: VerifyFormProps) {
  const { id: team } = useTeam();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, setValue, formState } = useForm<Input>({
    defaultValues: initial,
    mode: 'onTouched',
  });
  const { errors } = formState;
  const run = useMutation({
    mutationFn: (check: VerificationCreate) =>
      api.post<Verification>(apiPath`/teams/${team}/vpns/${vpn.id}/verifications`, check),
    onSuccess: (verification) => {
      const queryKey = keys.verification(team, verification.id);
      queryClient.setQueryData(queryKey, verification);
      // A replica may have answered before this did: the event that told of it found nothing to refetch yet.
      void queryClient.invalidateQueries({ queryKey });
      onStarted(verification);
    },
    onError: (error) => showProblem(error, setError, sameName('address', 'port')),
  });

  const suggestion = suggestAddress(vpn.peerSubnets);
  const refuseAddress = (text: string) => {
    if (text.trim() === '') return 'Enter an address inside the peer subnets.';
    const parsed = parseVerifyAddress(text, vpn.peerSubnets);
    return parsed.ok || parsed.refusal.message;
  };
  const submit = handleSubmit(({ address, port }) =>
    run.mutate({ address: address.trim(), port: toPort(port) }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <PanelBody>
        <Line>
          <TextField
            label="Address"
            mono
            placeholder={suggestion?.address}
            help={
              suggestion && (
                <>
                  A private IP behind the gateway. Not sure which?{' '}
                  <Button
                    variant="text"
                    size="small"
                    sx={{ minHeight: 0, padding: '0 2px', verticalAlign: 'baseline' }}
                    onClick={() =>
                      setValue('address', suggestion.address, { shouldDirty: true, shouldValidate: true })
                    }
                  >
                    Use {suggestion.address}
                  </Button>
                  , the first of {suggestion.subnet}.
                </>
              )
            }
            error={errors.address?.message}
            fix={
              suggestion && {
                label: `Use ${suggestion.address}`,
                apply: () =>
                  setValue('address', suggestion.address, { shouldDirty: true, shouldValidate: true }),
              }
            }
            {...register('address', { validate: refuseAddress })}
          />
          <TextField
            label="TCP port (optional)"
            mono
            inputMode="numeric"
            help="Without one, it pings."
            error={errors.port?.message}
            {...register('port', { validate: portRefusal })}
          />
          <div>
            <ActionButton
              type="submit"
              variant="contained"
              color="primary"
              loading={run.isPending}
              disabledReason={
                vpn.tunnels.wanted === 0
                  ? 'There is no replica to check from: connect a workspace that has one.'
                  : undefined
              }
            >
              Run
            </ActionButton>
          </div>
        </Line>
        {errors.root?.['server']?.message !== undefined && (
          <Notice state="failed">{errors.root['server'].message}</Notice>
        )}
      </PanelBody>
    </form>
  );
}
