import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ActivityPanel } from '../activity/ActivityPanel.tsx';
import { useTeam } from '../session/viewer.ts';
import { Page } from '../ui/Page.tsx';
import { PanelBar } from '../ui/Panel.tsx';
import { SearchField } from '../ui/SearchField.tsx';

const route = getRouteApi('/teams/$team/activity');

/** Who did what in the team. */
export function ActivityPage() {
  const team = useTeam();
  const { search } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/activity' });
  const bar = (
    <PanelBar>
      <SearchField
        label="Search person, thing or change"
        value={search ?? ''}
        onSearch={(text) => void navigate({ search: { search: text }, replace: true })}
      />
    </PanelBar>
  );
  return (
    <Page title="Activity">
      <ActivityPanel team={team.id} search={search} bar={bar} empty="Nothing has happened in this team yet" />
    </Page>
  );
}
