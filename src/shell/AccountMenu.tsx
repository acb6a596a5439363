import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSignOut } from '../session/signOut.ts';
import { useSession } from '../session/viewer.ts';
import { color, media, motion, radius, size, type } from '../theme/tokens.ts';
import { MembersIcon } from '../ui/icons.tsx';

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

const Email = styled('li')({ ...type.small, padding: '6px 9px', color: color.textSecondary });

/** Who is signed in, their account, and the way out. */
export function AccountMenu() {
  const { user } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut('here');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        type="button"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`Account: ${user.name}`}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MembersIcon />
        <span>{user.name}</span>
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { sx: { minWidth: 188 } } }}
      >
        <Email role="presentation">{user.email}</Email>
        <MenuItem
          onClick={() => {
            close();
            void navigate({ to: '/account' });
          }}
        >
          Account
        </MenuItem>
        <MenuItem disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </MenuItem>
      </Menu>
    </>
  );
}
