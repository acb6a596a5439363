import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { createLink, useNavigate } from '@tanstack/react-router';
import type { LiveState } from '../api/live.ts';
import { useSignOut } from '../session/signOut.ts';
import { useSession, type ViewerTeam } from '../session/viewer.ts';
import { color, media, type } from '../theme/tokens.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { useMenu } from '../ui/menu/useMenu.tsx';
import { Mark } from '../ui/Mark.tsx';
import { StateShape } from '../ui/StateMark.tsx';
import { LiveIndicator } from './LiveIndicator.tsx';
import { teamPages } from './teamPages.ts';

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
const Brand = styled('span')({
  display: 'flex',
  alignItems: 'center',
  gap: 9,
  fontSize: '0.9375rem',
  fontWeight: 600,
});

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
  const { trigger, menu } = useMenu({
    header: <LiveIndicator live={live} />,
    placement: 'above-end',
    actions: [
      ...teams
        .filter(({ id }) => id !== team.id)
        .map(({ id, name }) => ({
          key: id,
          label: `Switch to ${name}`,
          onSelect: () => void navigate({ to: '/teams/$team/vpns', params: { team: id } }),
        })),
      {
        label: 'Members',
        onSelect: () => void navigate({ to: '/teams/$team/members', params: { team: team.id } }),
      },
      {
        label: 'Settings',
        onSelect: () => void navigate({ to: '/teams/$team/settings', params: { team: team.id } }),
      },
      { label: 'Account', onSelect: () => void navigate({ to: '/account' }) },
      { label: 'Sign out', onSelect: () => signOut.mutate() },
    ],
  });
  return (
    <Bottom aria-label="Team pages">
      {teamPages
        .filter(({ label }) => label !== 'Members' && label !== 'Settings')
        .map(({ label, to }) => (
          <Item key={label} to={to} params={{ team: team.id }} activeOptions={{ includeSearch: false }}>
            {label}
            {label === 'VPNs' && failing > 0 && <StateShape state="failed" size={8} />}
          </Item>
        ))}
      <MoreButton type="button" {...trigger}>
        More
      </MoreButton>
      {menu}
    </Bottom>
  );
}
