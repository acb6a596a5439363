import { styled } from '@mui/material/styles';
import { createLink } from '@tanstack/react-router';
import type { LiveState } from '../api/live.ts';
import type { ViewerTeam } from '../session/viewer.ts';
import { color, media, motion, radius, size, type, visuallyHidden } from '../theme/tokens.ts';
import { Mark } from '../ui/Mark.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { LiveIndicator } from './LiveIndicator.tsx';
import { PaletteKey } from './PaletteKey.tsx';
import { teamPages } from './teamPages.ts';
import { TeamSwitcher } from './TeamSwitcher.tsx';
import type { Count, useCounts } from './useCounts.ts';

const Aside = styled('aside')({
  position: 'sticky',
  top: 0,
  height: '100dvh',
  display: 'flex',
  flexDirection: 'column',
  width: size.sidebar,
  padding: '15px 10px 18px',
  borderRight: `1px solid ${color.line}`,
  overflowY: 'auto',
  [media.phone]: { display: 'none' },
});

const Brand = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '0 8px',
  marginBottom: 16,
  fontSize: '0.9375rem',
  fontWeight: 600,
});

const List = styled('ul')({ listStyle: 'none', display: 'grid', marginTop: 13 });

const NavLink = createLink(
  styled('a')({
    ...motion('background-color', 'color'),
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    minHeight: size.control - 2,
    marginBottom: 2,
    padding: '0 8px',
    borderRadius: radius.control,
    color: color.textSecondary,
    textDecoration: 'none',
    '&:hover': { color: color.text, backgroundColor: `color-mix(in srgb, ${color.sunken} 60%, transparent)` },
    '&[data-status=active]': { color: color.text, fontWeight: 500, backgroundColor: color.sunken },
    [media.coarse]: { minHeight: size.touch },
  }),
);

const Number = styled('span')({
  ...type.small,
  marginLeft: 'auto',
  color: color.textSecondary,
  '&[data-failed]': { color: color.failed, fontWeight: 600 },
});
const Hidden = styled('span')(visuallyHidden);

const Foot = styled('div')({ marginTop: 'auto', display: 'grid', gap: 8, paddingTop: 12 });
const Status = styled('div')({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  padding: '8px 8px 0',
  borderTop: `1px solid ${color.line}`,
});

const CountOf = ({ count }: { count: Count }) => (
  <Number data-failed={count.failed ? '' : undefined}>
    {count.amount.toLocaleString('en')}
    {count.failed && <Hidden> with a failed tunnel</Hidden>}
  </Number>
);

type SidebarProps = {
  team: ViewerTeam | undefined;
  counts: ReturnType<typeof useCounts> | undefined;
  live: LiveState | undefined;
  openPalette: () => void;
};

/** Where one is and where one can go, on wide screens. */
export const Sidebar = ({ team, counts, live, openPalette }: SidebarProps) => (
  <Aside aria-label="Culvert">
    <Brand>
      <Mark />
      Culvert
    </Brand>
    {team && (
      <>
        <TeamSwitcher team={team} />
        <nav aria-label="Team pages">
          <List>
            {teamPages.map(({ label, icon: Icon, to }) => {
              const count = label in (counts ?? {}) ? counts?.[label] : undefined;
              return (
                <li key={label}>
                  <NavLink to={to} params={{ team: team.id }} activeOptions={{ includeSearch: false }}>
                    <Icon />
                    {label}
                    {count && <CountOf count={count} />}
                  </NavLink>
                </li>
              );
            })}
          </List>
        </nav>
      </>
    )}
    <Foot>
      <AccountMenu />
      <Status>
        {live === undefined ? <span /> : <LiveIndicator live={live} />}
        <PaletteKey onOpen={openPalette} />
      </Status>
    </Foot>
  </Aside>
);
