import Button from '@mui/material/Button';
import type { Ref } from '../../contract/lists.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Or } from './Or.tsx';
import { useStartSignIn } from './useStartSignIn.ts';

type JoinByProviderProps = {
  provider: Ref;
  token: string;
  /** Whether a password would do as well. */
  passwordSignIn: boolean;
};

/** Accepting an invitation by signing in at the team’s provider: no password is made. */
export function JoinByProvider({ provider, token, passwordSignIn }: JoinByProviderProps) {
  const start = useStartSignIn();
  return (
    <Fields>
      <Button
        fullWidth
        {...(passwordSignIn ? {} : { variant: 'contained', color: 'primary' })}
        loading={start.isPending}
        onClick={() => start.mutate({ provider: provider.id, invitation: token })}
      >
        Join with {provider.name}
      </Button>
      {start.error && <Notice state="failed">{start.error.message}</Notice>}
      {passwordSignIn && <Or />}
    </Fields>
  );
}
