import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { createLink, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { LiveState } from '../api/live.ts';
import { useSignOut } from '../session/signOut.ts';
import { useSession, type ViewerTeam } from '../session/viewer.ts';
import { color, media, type } from '../theme/tokens.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { Mark } from '../ui/Mark.tsx';
import { StateShape } from '../ui/StateMark.tsx';
import { LiveIndicator } from './LiveIndicator.tsx';
import { teamPages } from './navigation.tsx';

const barHeight = 54;

const Top = styled('header')({
  display: 'none',
  [media.phone]: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: 43,
    padding: '0 8px 0 14px',
    backgroundColor: color.surface,
    borderBottom: `1px solid ${color.line}`,
  },
});
const Brand = styled('span')({ display: 'flex', alignItems: 'center', gap: 9, fontSize: '0.9375rem', fontWeight: 600 });

const Bottom = styled('nav')({
  display: 'none',
  [media.phone]: {
    position: 'fixed',
    zIndex: 1000,
    left: 0,
    right: 0,
    bottom: 0,
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: '1fr',
    backgroundColor: color.surface,
    borderTop: `1px solid ${color.line}`,
    paddingBottom: 'env(safe-area-inset-bottom)',
  },
});

const item = {
  ...type.small,
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'center',
  gap: 5,
  minHeight: barHeight - 8,
  padding: 0,
  color: color.textSecondary,
  textDecoration: 'none',
  background: 'none',
  border: 0,
  '&:focus-visible': { outlineOffset: -2 },
  '&[data-status=active]': { color: color.primary, fontWeight: 500 },
} as const;
const Item = createLink(styled('a')(item));
const MoreButton = styled('button')(item);
const Line = styled('li')({ padding: '8px 9px' });

/** Mark and search, on phones. */
export const TopBar = ({ openPalette }: { openPalette: () => void }) => (
  <Top>
    <Brand>
      <Mark size={22} />
      Culvert
    </Brand>
    <IconButton onClick={openPalette} aria-label="Search and jump">
      <SearchIcon />
    </IconButton>
  </Top>
);

type BottomBarProps = { team: ViewerTeam; failing: number; live: LiveState };

/** Navigation within thumb’s reach, on phones. */
export function BottomBar({ team, failing, live }: BottomBarProps) {
  const { teams } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut('here');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const go = (action: () => unknown) => () => {
    setAnchor(null);
    action();
  };
  return (
    <Bottom aria-label="Team pages">
      {teamPages
        .filter(({ label }) => label !== 'Settings')
        .map(({ label, link }) => (
          <Item key={label} {...link} params={{ team: team.id }} activeOptions={{ includeSearch: false }}>
            {label}
            {label === 'VPNs' && failing > 0 && <StateShape state="failed" size={8} />}
          </Item>
        ))}
      <MoreButton
        type="button"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        More
      </MoreButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { sx: { minWidth: 220 } } }}
      >
        <Line role="presentation">
          <LiveIndicator live={live} />
        </Line>
        {teams
          .filter(({ id }) => id !== team.id)
          .map(({ id, name }) => (
            <MenuItem key={id} onClick={go(() => navigate({ to: '/teams/$team/vpns', params: { team: id } }))}>
              Switch to {name}
            </MenuItem>
          ))}
        <MenuItem onClick={go(() => navigate({ to: '/teams/$team/settings', params: { team: team.id } }))}>
          Settings
        </MenuItem>
        <MenuItem onClick={go(() => navigate({ to: '/account' }))}>Account</MenuItem>
        <MenuItem onClick={go(() => signOut.mutate())}>Sign out</MenuItem>
      </Menu>
    </Bottom>
  );
}
