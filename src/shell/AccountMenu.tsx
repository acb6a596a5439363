import { styled } from '@mui/material/styles';
import { useNavigate } from '@tanstack/react-router';
import { useSignOut } from '../session/signOut.ts';
import { useSession } from '../session/viewer.ts';
import { color, media, motion, radius, size } from '../theme/tokens.ts';
import { MembersIcon } from '../ui/icons.tsx';
import { useMenu } from '../ui/menu/useMenu.tsx';

const Button = styled('button')({
  ...motion('background-color', 'color'),
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minHeight: size.control - 2,
  padding: '0 8px',
  color: color.textSecondary,
  background: 'none',
  border: 0,
  borderRadius: radius.control,
  cursor: 'pointer',
  textAlign: 'left',
  '& > span': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '&:hover': { color: color.text, backgroundColor: color.sunken },
  [media.coarse]: { minHeight: size.touch },
});

/** Who is signed in, their account, and the way out. */
export function AccountMenu() {
  const { user } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut('here');
  const { trigger, menu } = useMenu({
    header: user.email,
    placement: 'above',
    actions: [
      { label: 'Account', onSelect: () => void navigate({ to: '/account' }) },
      { label: 'Sign out', onSelect: () => signOut.mutate() },
    ],
  });
  return (
    <>
      <Button type="button" {...trigger} aria-label={`Account: ${user.name}`}>
        <MembersIcon />
        <span>{user.name}</span>
      </Button>
      {menu}
    </>
  );
}
