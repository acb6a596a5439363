import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { LiveState } from '../api/live.ts';
import { sessionQuery } from '../api/session.ts';
import { useLive } from '../api/useLive.ts';
import type { ViewerTeam } from '../session/viewer.ts';
import { color, media, radius } from '../theme/tokens.ts';
import { useFavicon } from './favicon.ts';
import { InShell } from './Framed.tsx';
import { lastTeam, rememberTeam } from './lastTeam.ts';
import { NotFoundPage } from './NotFoundPage.tsx';
import { BottomBar, TopBar } from './PhoneBars.tsx';
import { Sidebar } from './Sidebar.tsx';
import { useCounts } from './useCounts.ts';

const CommandPalette = lazy(() => import('./CommandPalette.tsx'));

const Frame = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  minHeight: '100dvh',
  [media.phone]: { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'auto 1fr' },
});

const Main = styled('main')({
  minWidth: 0,
  padding: '18px 32px 48px',
  outline: 'none',
  [media.phone]: { padding: '14px 14px 84px' },
});

const Skip = styled('a')({
  position: 'fixed',
  zIndex: 1500,
  top: 8,
  left: 8,
  padding: '8px 14px',
  color: color.onPrimary,
  backgroundColor: color.primary,
  borderRadius: radius.control,
  '&:not(:focus)': { clipPath: 'inset(50%)' },
});

/** Sends whoever is signed out to sign in, and back here afterwards. */
function Guarded({ children }: { children: ReactNode }) {
  const { data: session } = useQuery(sessionQuery);
  const { href, pathname } = useLocation();
  if (session?.user !== null) return children;
  // While the way to sign in is being taken, the location is there already and this page is still shown.
  return pathname === '/sign-in' ? null : <Navigate to="/sign-in" search={{ to: href }} replace />;
}

function Shell({
  team,
  counts,
  live,
}: {
  team: ViewerTeam | undefined;
  counts: ReturnType<typeof useCounts> | undefined;
  live: LiveState | undefined;
}) {
  const [palette, setPalette] = useState(false);
  const openPalette = () => setPalette(true);
  return (
    <Frame>
      <Skip href="#main">Skip to the page</Skip>
      <Sidebar team={team} counts={counts} live={live} openPalette={openPalette} />
      <TopBar openPalette={openPalette} />
      <Main id="main" tabIndex={-1}>
        <InShell value={true}>
          <Outlet />
        </InShell>
      </Main>
      {team && live && <BottomBar team={team} failing={counts?.failing ?? 0} live={live} />}
      {palette && (
        <Suspense>
          <CommandPalette team={team} onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </Frame>
  );
}

function LiveShell({ team }: { team: ViewerTeam }) {
  const counts = useCounts(team.id);
  const live = useLive(team.id);
  useFavicon(counts.failing > 0);
  rememberTeam(team.id);
  return <Shell team={team} counts={counts} live={live} />;
}

/** Around the pages of a team. */
export function TeamShell() {
  const { data: session } = useQuery(sessionQuery);
  const { team: id } = useParams({ from: '/teams/$team' });
  const team = session?.teams.find((one) => one.id === id);
  return <Guarded>{team ? <LiveShell key={id} team={team} /> : <NotFoundPage />}</Guarded>;
}

/** Around the account page, which belongs to no team: the side bar shows the one last seen. */
export function AccountShell() {
  const { data: session } = useQuery(sessionQuery);
  const known = session?.teams.find((one) => one.id === lastTeam()) ?? session?.teams[0];
  return (
    <Guarded>
      {known ? <LiveShell team={known} /> : <Shell team={known} counts={undefined} live={undefined} />}
    </Guarded>
  );
}
