import { Outlet } from '@tanstack/react-router';
import { useTeam } from '../session/viewer.ts';
import { Page } from '../ui/Page.tsx';
import { Tab, Tabs } from '../ui/Tabs.tsx';

/** The frame of a team’s settings: its tabs, each with an address of its own. */
export function SettingsLayout() {
  const { id: team } = useTeam();
  const params = { team };
  return (
    <Page title="Settings">
      <Tabs label="Settings">
        {/* Its address begins those of the others, and a dialog adds to it. */}
        <Tab to="/teams/$team/settings" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          General
        </Tab>
        <Tab to="/teams/$team/settings/trusted-repositories" params={params}>
          Trusted repositories
        </Tab>
        <Tab to="/teams/$team/settings/secrets" params={params}>
          Secrets
        </Tab>
        <Tab to="/teams/$team/settings/sign-in" params={params}>
          Sign-in
        </Tab>
      </Tabs>
      <Outlet />
    </Page>
  );
}
