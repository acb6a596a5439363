import { useQuery } from '@tanstack/react-query';
import { useController, useFormContext } from 'react-hook-form';
import type { SignInProvider } from '../../../contract/signInProviders.ts';
import { Switch } from '../../ui/form/Switch.tsx';
import { SelectField } from '../../ui/form/Select.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { adminsQuery } from '../../signIn/queries.ts';
import type { ProviderValues } from './values.ts';

type WaysInFieldsProps = { team: string; stored: SignInProvider | null };

/** By which ways members get in: the provider, passwords, and the one admin who keeps theirs. */
export function WaysInFields({ team, stored }: WaysInFieldsProps) {
  const { control, watch, register, formState } = useFormContext<ProviderValues>();
  const enabled = useController({ control, name: 'enabled' });
  const passwords = useController({ control, name: 'passwordSignIn' });
  const admins = useQuery(adminsQuery(team)).data ?? [];
  const name = watch('name').trim() || 'the provider';
  return (
    <>
      <Switch label={`Sign in with ${name}`} checked={enabled.field.value} onChange={enabled.field.onChange}>
        {enabled.field.value
          ? 'It is offered on the sign-in page.'
          : 'It is offered to nobody. Whoever has no password can’t get in.'}
      </Switch>
      <Switch
        label="Sign in by password"
        checked={passwords.field.value}
        onChange={passwords.field.onChange}
        disabledReason={passwords.field.value ? whyNotOff(stored, enabled.field.value) : undefined}
      >
        {passwords.field.value
          ? 'Members may sign in by password as well.'
          : 'Members get in by the provider alone, but for the local admin. Browsers that are signed in stay so.'}
      </Switch>
      {stored !== null && stored.unlinkedMembers > 0 && !passwords.field.value && (
        <Notice state="warning">
          {stored.unlinkedMembers === 1 ? '1 member hasn’t' : `${stored.unlinkedMembers} members haven’t`}{' '}
          linked {stored.name} yet. With passwords off, each of them needs an invitation to their email to get
          in.
        </Notice>
      )}
      {passwords.fieldState.error?.message !== undefined && (
        <Notice state="failed">{passwords.fieldState.error.message}</Notice>
      )}
      <SelectField
        label="Local admin"
        help="Signs in by password all the same: the team’s way in when the provider fails."
        error={formState.errors.localAdmin?.message}
        // The list comes later than the form: until it is there, what is chosen has to be an option.
        options={[
          { value: '', label: 'Nobody' },
          ...admins.map(({ id, name }) => ({ value: id, label: name })),
          ...stillMissing(admins, watch('localAdmin')),
        ]}
        {...register('localAdmin')}
      />
    </>
  );
}

const stillMissing = (admins: readonly { id: string }[], chosen: string) =>
  chosen === '' || admins.some(({ id }) => id === chosen) ? [] : [{ value: chosen, label: '…' }];

/** Nobody turns the only way in off before the other one was seen to work. */
function whyNotOff(stored: SignInProvider | null, enabled: boolean): string | undefined {
  if (stored === null) return 'Save the provider first.';
  if (!stored.adminSignedIn)
    return `No admin has signed in with ${stored.name} as it is set up now. Sign in with it, or link it on your account page: that shows that it works.`;
  return enabled ? undefined : 'Turn the provider on first.';
}
