import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { Panel, PanelBar, PanelBody, PanelTitle, Row, Stack } from '../ui/Panel.tsx';
import { DeleteWorkspaceDialog } from './DeleteWorkspaceDialog.tsx';
import { JoinTokensPanel } from './JoinTokensPanel.tsx';
import { NameAndOwnerForm } from './NameAndOwnerForm.tsx';
import { workspaceQuery } from '../api/workspaces.ts';

const route = getRouteApi('/teams/$team/workspaces/$workspace/settings');

/** A workspace’s name, owner and join tokens, and its end. */
export function WorkspaceSettingsTab() {
  const team = useTeam();
  const { workspace: id } = route.useParams();
  const navigate = useNavigate();
  const { data: workspace } = useQuery(workspaceQuery(team.id, id));
  const [deleting, setDeleting] = useState(false);
  // The frame around the tabs shows that the workspace loads, or why it can’t.
  if (workspace === undefined) return null;
  const denied = reasonOf(may.manageWorkspace(team.actor, { ownerId: workspace.owner.id }));
  return (
    <Stack>
      <NameAndOwnerForm key={workspace.id} workspace={workspace} denied={denied} />
      <JoinTokensPanel workspace={workspace} denied={denied} />
      <Panel aria-label="Delete this workspace">
        <PanelBar>
          <PanelTitle>Delete this workspace</PanelTitle>
        </PanelBar>
        <PanelBody>
          <Row style={{ justifyContent: 'space-between' }}>
            <span>
              {workspace.replicas.total === 0
                ? 'No replica has joined it.'
                : `${counted(workspace.replicas.total, 'replica')} would lose the agent and all tunnels.`}
            </span>
            <ActionButton color="error" disabledReason={denied} onClick={() => setDeleting(true)}>
              Delete workspace
            </ActionButton>
          </Row>
        </PanelBody>
      </Panel>
      {deleting && (
        <DeleteWorkspaceDialog
          team={team.id}
          workspace={workspace}
          onClose={() => setDeleting(false)}
          onDeleted={() => void navigate({ to: '/teams/$team/workspaces', params: { team: team.id } })}
        />
      )}
    </Stack>
  );
}
