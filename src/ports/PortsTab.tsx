import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Workspace } from '../../contract/workspaces.ts';
import { useTeam } from '../session/viewer.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Panel, PanelNote, Stack } from '../ui/Panel.tsx';
import { workspaceQuery } from '../api/workspaces.ts';
import { PortDialog } from './PortDialog.tsx';
import type { PortsSearch } from './portDialog.ts';
import { hiddenCount, portKey, shownPorts } from './portList.ts';
import { PortNotices } from './PortNotices.tsx';
import { PortsBar } from './PortsBar.tsx';
import { PortsEmpty } from './PortsEmpty.tsx';
import { DeclarationProblem, NoPortsDomain } from './PortsHints.tsx';
import { PortsTable } from './PortsTable.tsx';
import { portsQuery } from './queries.ts';
import { usePortsPanel } from './usePortsPanel.ts';

const route = getRouteApi('/teams/$team/workspaces/$workspace/ports');

/** What listens in a workspace, where it is reached, and by whom. */
export function PortsTab() {
  const { id: team } = useTeam();
  const { workspace: id } = route.useParams();
  const { data: workspace } = useQuery(workspaceQuery(team, id));
  // The frame around the tabs shows that the workspace loads, or why it can’t.
  return workspace === undefined ? null : <Ports key={workspace.id} workspace={workspace} />;
}

const nothing: ReadonlySet<string> = new Set();

function Ports({ workspace }: { workspace: Workspace }) {
  const { id: team } = useTeam();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/workspaces/$workspace/ports' });
  const show = (asked: PortsSearch) =>
    void navigate({
      search: ({ ignored = '' }) => ({ ignored, ...asked }),
      replace: true,
      resetScroll: false,
    });
  const query = useQuery(portsQuery(team, workspace.id));
  const { data: list, error } = query;
  const panel = usePortsPanel(workspace, list, search, show);
  const place = { team, workspace: workspace.id };

  const ports = list?.items ?? [];
  const hidden = hiddenCount(ports);
  const showsIgnored = search.ignored !== undefined;
  const shown = shownPorts(ports, showsIgnored);
  const [selected, setSelected] = useState(nothing);
  // A port that is gone, or no longer forwarded, isn’t selected any more.
  const chosen = shown.filter((port) => port.forwarded && selected.has(portKey(port)));
  return (
    <Stack>
      {!panel.forwards && <NoPortsDomain />}
      <DeclarationProblem problem={list?.declarationProblem ?? null} />
      <PortNotices ports={ports} panel={panel} place={place} />
      {list && (
        <PortDialog
          key={[search.dialog, search.port, search.protocol].join()}
          search={search}
          ports={ports}
          panel={panel}
          place={place}
          onClose={() => show({})}
          onShow={(port) => show({ port: String(port) })}
          onStopped={() => setSelected(nothing)}
        />
      )}
      <Panel aria-label="Ports">
        {list && shown.length === 0 ? (
          <PortsEmpty panel={panel} hidden={hidden} onShowIgnored={() => show({ ignored: 'shown' })} />
        ) : (
          <>
            <PortsBar
              panel={panel}
              count={list && ports.length - hidden}
              hidden={hidden}
              showsIgnored={showsIgnored}
              onShowIgnored={(ignored) => show({ ignored: ignored ? 'shown' : '' })}
              selected={chosen.map(({ port }) => port)}
            />
            {error !== null && list === undefined ? (
              <ErrorState
                title="The ports can’t be loaded"
                error={error}
                onRetry={query.refetch}
                retrying={query.isFetching}
              />
            ) : (
              <PortsTable
                panel={panel}
                ports={list && shown}
                selected={new Set(chosen.map(portKey))}
                onSelect={setSelected}
              />
            )}
            {!panel.complete && (
              <PanelNote>
                You see the ports that are shared with you. {workspace.owner.name} owns {workspace.name} and
                sees the others.
              </PanelNote>
            )}
          </>
        )}
      </Panel>
    </Stack>
  );
}
