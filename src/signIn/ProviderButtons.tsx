import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import type { OfferedProvider } from '../../contract/signInProviders.ts';
import { Fields } from '../ui/form/FormSection.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Stack } from '../ui/Panel.tsx';
import { Small } from '../ui/text.tsx';
import { Or } from './Or.tsx';
import { offeredProvidersQuery } from './queries.ts';
import { useStartSignIn } from './useStartSignIn.ts';

/** The providers that one can sign in with, above the password. Nothing where there is none. */
export function ProviderButtons({ to }: { to: string | undefined }) {
  const providers = useQuery(offeredProvidersQuery).data?.items ?? [];
  const start = useStartSignIn();
  if (providers.length === 0) return null;
  return (
    <Fields>
      <Stack style={{ gap: 8 }}>
        {providers.map(({ id, name }) => (
          <Button
            key={id}
            fullWidth
            loading={start.isPending && start.variables.provider === id}
            onClick={() => start.mutate({ provider: id, to })}
          >
            Sign in with {name}
          </Button>
        ))}
      </Stack>
      {start.error && <Notice state="failed">{start.error.message}</Notice>}
      <PasswordNote providers={providers} />
      <Or />
    </Fields>
  );
}

/** For everybody, since nobody is told at the form whether it is their password or their team that is in the way. */
function PasswordNote({ providers }: { providers: readonly OfferedProvider[] }) {
  const names = providers.filter(({ passwordSignIn }) => !passwordSignIn).map(({ name }) => name);
  if (names.length === 0) return null;
  return <Small>In teams that sign in with {names.join(' or ')}, passwords are turned off.</Small>;
}
