import { zodResolver } from '@hookform/resolvers/zod';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { gatewayKindNames } from '../../contract/gatewayConfig/gatewayKindNames.ts';
import type { GatewayKind } from '../../contract/gatewayConfig/document.ts';
import { GATEWAY_LINK_DAYS, GatewayLinkCreate, type NewGatewayLink } from '../../contract/gatewayLinks.ts';
import type { Vpn } from '../../contract/vpns.ts';
import { api, apiPath } from '../api/client.ts';
import { sameName, showProblem } from '../api/formProblem.ts';
import { keys } from '../api/keys.ts';
import { Dialog, DialogActions, DialogNote } from '../ui/Dialog.tsx';
import { Fields } from '../ui/form/FormSection.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ShownOnce } from '../ui/ShownOnce.tsx';
import { Mono } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

type ShareDialogProps = {
  team: string;
  vpn: Vpn;
  kind: GatewayKind;
  pool: string | null;
  onClose: () => void;
};

/** Makes a link for the network admin, who has no account, and shows it once. */
export default function ShareDialog({ team, vpn, kind, pool, onClose }: ShareDialogProps) {
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(GatewayLinkCreate),
    defaultValues: { kind, pool, days: GATEWAY_LINK_DAYS.usual },
  });
  const { errors } = formState;
  const share = useMutation({
    mutationFn: (body: GatewayLinkCreate) =>
      api.post<NewGatewayLink>(apiPath`/teams/${team}/vpns/${vpn.id}/gateway-links`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.vpn(team, vpn.id) }),
    onError: (error) => showProblem(error, setError, sameName('days')),
    // The address is a secret: it goes with the dialog.
    gcTime: 0,
  });

  if (share.data) {
    return (
      <Dialog title="Link for the network admin" onClose={onClose} width={560}>
        <ShownOnce text={share.data.url} what="the link" onClose={onClose}>
          Whoever has it sees the settings of {vpn.name} as they are then, without an account. It ends{' '}
          <RelativeTime at={share.data.expiresAt} />. Give them the pre-shared key another way.
        </ShownOnce>
      </Dialog>
    );
  }
  const problem = errors.root?.['server']?.message;
  return (
    <Dialog title="Share with the network admin" onClose={onClose} busy={share.isPending}>
      <form noValidate onSubmit={handleSubmit((body) => share.mutate(body))}>
        <Fields>
          <div>
            A read-only page with the configuration for {gatewayKindNames[kind]}
            {pool !== null && (
              <>
                {' '}
                and the address pool <Mono>{pool}</Mono>
              </>
            )}
            . It follows every change of {vpn.name}.
          </div>
          <TextField
            label="Days until it ends"
            type="number"
            inputMode="numeric"
            min={GATEWAY_LINK_DAYS.min}
            max={GATEWAY_LINK_DAYS.max}
            style={{ width: 110 }}
            help={`${GATEWAY_LINK_DAYS.min} to ${GATEWAY_LINK_DAYS.max}. You can revoke it before.`}
            error={errors.days?.message}
            {...register('days', { valueAsNumber: true })}
          />
          <DialogNote>It never shows the pre-shared key.</DialogNote>
          {problem !== undefined && <Notice state="failed">{problem}</Notice>}
          <DialogActions>
            <Button onClick={onClose} disabled={share.isPending}>
              Share nothing
            </Button>
            <Button type="submit" variant="contained" color="primary" loading={share.isPending}>
              Make link
            </Button>
          </DialogActions>
        </Fields>
      </form>
    </Dialog>
  );
}
