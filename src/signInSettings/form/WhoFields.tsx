import { useController, useFormContext } from 'react-hook-form';
import { Segmented } from '../../ui/form/Segmented.tsx';
import { TagInput } from '../../ui/form/TagInput.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import type { ProviderValues } from './values.ts';

/** The first message of a list's field: RHF may hold it for one of its values. */
const messageOf = (error: { message?: string | undefined } | undefined) => error?.message;

/** Who becomes a member without an invitation, and as what. */
export function JoinFields() {
  const { control } = useFormContext<ProviderValues>();
  const domains = useController({ control, name: 'admittedDomains' });
  const role = useController({ control, name: 'role' });
  return (
    <>
      <TagInput
        label="Admitted domains"
        placeholder={domains.field.value.length === 0 ? 'None: by invitation only' : 'Add another'}
        help="Whoever the provider says has a verified email address of these becomes a member at the first sign-in."
        error={messageOf(domains.fieldState.error)}
        value={domains.field.value}
        onChange={domains.field.onChange}
        onBlur={domains.field.onBlur}
        ref={domains.field.ref}
      />
      <Segmented
        label="They join as"
        name="role"
        value={role.field.value}
        onChange={role.field.onChange}
        options={[
          { value: 'member', label: 'Member' },
          { value: 'admin', label: 'Admin' },
        ]}
      />
    </>
  );
}

/** Who is an admin by the groups that the provider tells. */
export function GroupFields() {
  const { control, register, formState } = useFormContext<ProviderValues>();
  const groups = useController({ control, name: 'adminGroups' });
  return (
    <>
      <TextField
        label="Groups claim"
        mono
        placeholder="None: roles are given on the Members page"
        help="Where the provider lists somebody’s groups, such as groups or roles."
        error={formState.errors.groupsClaim?.message}
        {...register('groupsClaim')}
      />
      <TagInput
        label="Groups of admins"
        placeholder={groups.field.value.length === 0 ? 'culvert-admins' : 'Add another'}
        withBlanks
        help="Whoever is in one of them is an admin, everybody else a member. The last admin and the local admin stay admins."
        error={messageOf(groups.fieldState.error)}
        value={groups.field.value}
        onChange={groups.field.onChange}
        onBlur={groups.field.onBlur}
        ref={groups.field.ref}
      />
    </>
  );
}
