import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Actor } from '../../contract/permissions.ts';
import { portCan } from '../../contract/portAccess.ts';
import type { OwnPortNotice } from '../../contract/ports.ts';
import { api } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { teamQuery } from '../api/team.ts';
import { reasonOf } from '../session/reason.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { useClockText } from '../ui/clock.ts';
import { counted } from '../ui/counted.ts';
import { TextLink } from '../ui/links.tsx';
import { NoticeLine, NoticeList } from '../ui/NoticeList.tsx';
import { portName, shareAgainLabel, whyPrivate } from '../ui/portWords.ts';
import { timeInWords } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { portPath } from './portPath.ts';
import { portNoticesQuery } from './queries.ts';

const Block = styled('div')({
  display: 'grid',
  gap: 4,
  justifyItems: 'start',
  marginBottom: 18,
  '& > ul': { width: '100%' },
});

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
    <Block>
      <NoticeList aria-label="Shares that ended">
        {shown.map((item) => (
          <EndedShare key={`${item.workspace.id} ${item.port}`} team={team} item={item} />
        ))}
      </NoticeList>
      {items.length > shown.length && (
        <Button variant="text" size="small" onClick={() => setAll(true)}>
          Show {counted(items.length - shown.length, 'more share', 'more shares')} that ended
        </Button>
      )}
    </Block>
  );
}

function EndedShare({ team, item }: { team: Team; item: OwnPortNotice }) {
  const { workspace, port, revision, notice } = item;
  const queryClient = useQueryClient();
  const id = useId();
  const at = useClockText((now) => timeInWords(Date.parse(notice.at), now));
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
  return (
    <NoticeLine
      id={id}
      error={share.error ?? dismiss.error}
      actions={
        <>
          <ActionButton
            size="small"
            aria-describedby={id}
            loading={share.isPending}
            disabledReason={denied}
            onClick={() => share.mutate()}
          >
            {shareAgainLabel(notice.from)}
          </ActionButton>
          <Button
            variant="text"
            size="small"
            aria-describedby={id}
            loading={dismiss.isPending}
            onClick={() => dismiss.mutate()}
          >
            Dismiss
          </Button>
        </>
      }
    >
      Port {portName(item)} of{' '}
      <TextLink
        to="/teams/$team/workspaces/$workspace/ports"
        params={{ team: team.id, workspace: workspace.id }}
      >
        {workspace.name}
      </TextLink>{' '}
      is private again because {whyPrivate(notice, at)}.
    </NoticeLine>
  );
}
