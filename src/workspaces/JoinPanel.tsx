import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { JoinTokenCreated, Replica, Workspace } from '../../contract/workspaces.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { color, type } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle, Row, Stack } from '../ui/Panel.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Paragraph, Small } from '../ui/text.tsx';

const Needs = styled('ul')({
  ...type.small,
  color: color.textSecondary,
  display: 'grid',
  gap: 4,
  paddingLeft: 18,
});

type JoinPanelProps = {
  workspace: Workspace;
  /** All replicas that are there now: one that wasn’t when the command was made has joined with it. */
  replicas: readonly Replica[];
  /** The command is there: the panel has to stay until it was copied, even when a replica joins meanwhile. */
  onCreated: () => void;
  /** Closes the panel, where there are replicas to go back to. */
  onClose?: (() => void) | undefined;
};

/** One command to paste on a machine; turns by itself when the machine has joined. */
export function JoinPanel({ workspace, replicas, onCreated, onClose }: JoinPanelProps) {
  const team = useTeam();
  const queryClient = useQueryClient();
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const create = useMutation({
    mutationFn: () =>
      api.post<JoinTokenCreated>(apiPath`/teams/${team.id}/workspaces/${workspace.id}/join-tokens`, {}),
    onSuccess: () => {
      setKnown(new Set(replicas.map(({ id }) => id)));
      onCreated();
      void queryClient.invalidateQueries({
        queryKey: [...keys.workspace(team.id, workspace.id), 'join-tokens'],
      });
    },
  });
  const joined = create.data === undefined ? [] : replicas.filter(({ id }) => !known.has(id));
  return (
    <Panel aria-label="Join a replica">
      <PanelBar>
        <PanelTitle>{replicas.length === 0 ? 'Join the first replica' : 'Add a replica'}</PanelTitle>
        {onClose && (
          <div data-end="">
            <Button variant="text" size="small" onClick={onClose}>
              Close
            </Button>
          </div>
        )}
      </PanelBar>
      <PanelBody>
        <Stack>
          {create.data === undefined ? (
            <>
              <Paragraph>
                Run one command on each machine that belongs to {workspace.name}. It downloads the agent from
                this server, starts it as a service and joins.
              </Paragraph>
              <Needs>
                <li>
                  Linux, and root. Nothing has to be installed first; the agent says what is missing for
                  IPsec.
                </li>
                <li>
                  The machine reaches this server, and the gateways on UDP 500 and 4500. It needs no open
                  port.
                </li>
              </Needs>
              <Row>
                <ActionButton
                  variant="contained"
                  color="primary"
                  loading={create.isPending}
                  onClick={() => create.mutate()}
                  disabledReason={reasonOf(may.manageWorkspace(team.actor, { ownerId: workspace.owner.id }))}
                >
                  Create join command
                </ActionButton>
              </Row>
            </>
          ) : (
            <>
              <Paragraph>Run this on the machine:</Paragraph>
              <CodeBlock text={create.data.command} what="the join command" />
              <Small>
                It holds a token and is shown only now. Any number of machines can join with it; revoke it in
                the settings.
              </Small>
              <div role="status">
                {joined.length === 0 ? (
                  <StateMark state="connecting">
                    Waiting for a machine to join. This page notices by itself.
                  </StateMark>
                ) : (
                  joined.map((replica) => (
                    <div key={replica.id}>
                      <StateMark state="up">
                        {replica.name} has joined, from {replica.hostname}.
                      </StateMark>
                    </div>
                  ))
                )}
              </div>
              {joined.length > 0 && workspace.vpns.length === 0 && (
                <TextLink
                  to="/teams/$team/workspaces/$workspace/vpns"
                  params={{ team: team.id, workspace: workspace.id }}
                >
                  Next, connect {workspace.name} to a VPN
                </TextLink>
              )}
            </>
          )}
          {create.error && <Notice state="failed">{create.error.message}</Notice>}
        </Stack>
      </PanelBody>
    </Panel>
  );
}
