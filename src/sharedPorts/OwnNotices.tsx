import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Actor } from '../../contract/permissions.ts';
import { portCan } from '../../contract/portAccess.ts';
import type { OwnPortNotice } from '../../contract/ports.ts';
import { api } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { teamQuery } from '../api/team.ts';
import { reasonOf } from '../session/reason.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Row, Stack } from '../ui/Panel.tsx';
import { portName } from '../ui/portWords.ts';
import { RelativeTime } from '../ui/Time.tsx';
import { toast } from '../ui/toast.ts';
import { becauseOf, shareAgainLabel } from './noticeWords.ts';
import { portPath } from './portPath.ts';
import { portNoticesQuery } from './queries.ts';

type Team = { id: string; actor: Actor };

/** Until they are asked for, so that the list below isn’t pushed away. */
const few = 3;

/** Shares of the viewer’s own ports that ended by themselves, each with the way back. */
export function OwnNotices({ team }: { team: Team }) {
  const items = useQuery(portNoticesQuery(team.id)).data?.items ?? [];
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  const shown = all ? items : items.slice(0, few);
  return (
    <Stack role="group" aria-label="Shares that ended" style={{ gap: 8, marginBottom: 18 }}>
      {shown.map((item) => (
        <EndedShare key={`${item.workspace.id} ${item.port}`} team={team} item={item} />
      ))}
      {items.length > shown.length && (
        <Row>
          <Button variant="text" size="small" onClick={() => setAll(true)}>
            Show {counted(items.length - shown.length, 'more share', 'more shares')} that ended
          </Button>
        </Row>
      )}
    </Stack>
  );
}

function EndedShare({ team, item }: { team: Team; item: OwnPortNotice }) {
  const { workspace, port, revision, notice } = item;
  const queryClient = useQueryClient();
  const policy = useQuery(teamQuery(team.id)).data?.portPolicy;
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: keys.portNotices(team.id) }),
      queryClient.invalidateQueries({ queryKey: keys.sharedPorts(team.id) }),
    ]);
  const share = useMutation({
    mutationFn: () => api.patch(portPath(team.id, item), { visibility: notice.from }, { ifMatch: revision }),
    onSuccess: () => toast(`Port ${port} of ${workspace.name} is shared again.`),
    onSettled: refresh,
  });
  const dismiss = useMutation({
    mutationFn: () => api.delete(`${portPath(team.id, item)}/notice`),
    onSettled: refresh,
  });
  const denied =
    policy &&
    reasonOf(
      portCan.setVisibility(
        team.actor,
        { ownerId: team.actor.userId },
        { from: 'private', to: notice.from },
        policy,
      ),
    );
  const error = share.error ?? dismiss.error;
  return (
    <Notice
      state="warning"
      action={
        <Row>
          <ActionButton
            size="small"
            loading={share.isPending}
            disabledReason={denied}
            onClick={() => share.mutate()}
          >
            {shareAgainLabel[notice.from]}
          </ActionButton>
          <Button variant="text" size="small" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            Dismiss
          </Button>
        </Row>
      }
    >
      Port {portName(item)} of{' '}
      <TextLink
        to="/teams/$team/workspaces/$workspace/ports"
        params={{ team: team.id, workspace: workspace.id }}
      >
        {workspace.name}
      </TextLink>{' '}
      is private again because {becauseOf[notice.reason]} <RelativeTime at={notice.at} />.
      {error && <div role="alert">{error.message}</div>}
    </Notice>
  );
}
