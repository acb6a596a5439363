import { FormProvider, useController, useForm, useWatch } from 'react-hook-form';
import type { RolloutOptions, RolloutStrategy } from '../../contract/rollouts.ts';
import type { Vpn, VpnChange } from '../../contract/vpns.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Consequences } from '../ui/Consequences.tsx';
import { counted } from '../ui/counted.ts';
import { RadioList } from '../ui/form/RadioList.tsx';
import { TextLink } from '../ui/links.tsx';
import { useAffected } from '../tunnels/useAffected.tsx';
import { AskDialog } from './AskDialog.tsx';
import { CheckFields } from './CheckFields.tsx';
import { limitWords, noCheck, toCheck, type CheckValues } from './checkValues.ts';
import { confirmLabel, strategyChoices, withoutTrial } from './strategies.ts';

type ChangeDialogProps = {
  team: string;
  vpn: Vpn;
  change: VpnChange;
  loading: boolean;
  /** Why the server refused how it should be done. */
  error: Error | null;
  onConfirm: (rollout?: RolloutOptions) => void;
  onCancel: () => void;
};

/** Asks before a change is saved that concerns tunnels: whose, and where there is something to protect, how it reaches them. */
export const ChangeDialog = (props: ChangeDialogProps) =>
  props.vpn.tunnels.up === 0 ? <ApplyAtOnce {...props} /> : <ChooseHow {...props} />;

const titleFor = ({ name, tunnels }: Vpn) => `Change ${counted(tunnels.wanted, 'tunnel')} of ${name}?`;
const nameNote = ({ name }: VpnChange) =>
  name === undefined ? undefined : 'The new name is there at once and restarts nothing.';

function ApplyAtOnce({ team, vpn, change, loading, error, onConfirm, onCancel }: ChangeDialogProps) {
  const affected = useAffected(team, vpn.id);
  return (
    <ConfirmDialog
      title={titleFor(vpn)}
      consequences={affected}
      note={nameNote(change)}
      confirm="Save and apply at once"
      cancel="Keep as it is"
      loading={loading}
      error={error}
      onConfirm={() => onConfirm()}
      onCancel={onCancel}
    >
      No tunnel of {vpn.name} is up, so there is nothing to protect: the change is applied to all of them at
      once.
    </ConfirmDialog>
  );
}

type How = CheckValues & { strategy: RolloutStrategy };

function ChooseHow({ team, vpn, change, loading, error, onConfirm, onCancel }: ChangeDialogProps) {
  const affected = useAffected(team, vpn.id);
  const form = useForm<How>({ defaultValues: { ...noCheck, strategy: 'one-by-one' }, mode: 'onTouched' });
  const { field } = useController({ name: 'strategy', control: form.control });
  const limit = useWatch({ name: 'limitSeconds', control: form.control });
  const { wanted } = vpn.tunnels;
  const safely = field.value !== 'immediately';
  const submit = form.handleSubmit(({ strategy, ...check }) =>
    onConfirm(
      strategy === 'immediately'
        ? { strategy }
        : { strategy, check: toCheck(check), limitSeconds: check.limitSeconds },
    ),
  );
  const notes = [safely ? withoutTrial(vpn.tunnels) : undefined, nameNote(change)];
  return (
    <AskDialog
      title={titleFor(vpn)}
      note={
        <>
          {notes.map((note) => note !== undefined && `${note} `)}
          Or keep both for a while:{' '}
          <TextLink to="/teams/$team/vpns/new" params={{ team }} search={{ duplicate: vpn.id }}>
            duplicate the VPN
          </TextLink>{' '}
          and move workspaces over.
        </>
      }
      confirm={confirmLabel(field.value, wanted)}
      cancel="Keep as it is"
      loading={loading}
      error={error}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <Consequences items={affected} />
      <RadioList
        label="How the change reaches its replicas"
        name="strategy"
        options={strategyChoices(wanted)}
        value={field.value}
        onChange={field.onChange}
      />
      {safely && (
        <FormProvider {...form}>
          <p>
            A replica that isn’t up with the new settings within {limitWords(limit)} goes back to those it has
            now, by itself.{wanted > 1 && ' If it is the first, no other is touched.'}
          </p>
          <CheckFields vpn={vpn.id} peerSubnets={change.peerSubnets ?? vpn.peerSubnets} />
        </FormProvider>
      )}
    </AskDialog>
  );
}
