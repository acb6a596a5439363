import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { may } from '../../contract/permissions.ts';
import type { Member } from '../../contract/team.ts';
import { membersQuery } from '../api/team.ts';
import { reasonOf } from '../session/reason.ts';
import { useTeam } from '../session/viewer.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel, PanelBar, Stack } from '../ui/Panel.tsx';
import { RowMenu } from '../ui/RowMenu.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { DataTable } from '../ui/table/DataTable.tsx';
import { Small } from '../ui/text.tsx';
import { InvitationsPanel } from './InvitationsPanel.tsx';
import { memberColumns } from './memberColumns.tsx';
import { lastAdminReason } from './memberRules.ts';
import { RemoveMemberDialog } from './RemoveMemberDialog.tsx';
import { ResetLinkDialog } from './ResetLinkDialog.tsx';
import { RoleDialog } from './RoleDialog.tsx';

// With its form and its rules it is larger than this page.
const InviteDialog = lazy(() => import('./InviteDialog.tsx'));
const MemberTokensDialog = lazy(() => import('../apiTokens/MemberTokensDialog.tsx'));

const route = getRouteApi('/teams/$team/members');

type Asking = { about: 'role' | 'reset-link' | 'removal'; member: Member };

/** Who is in the team, and who is invited. */
export function MembersPage() {
  const team = useTeam();
  const { search, dialog, member: shown } = route.useSearch();
  const navigate = useNavigate({ from: '/teams/$team/members' });
  const query = useInfiniteQuery({ ...membersQuery(team.id, search), placeholderData: keepPreviousData });
  const { data, error } = query;

  const viewer = team.actor.userId;
  const denied = reasonOf(may.manageMembers(team.actor));
  const invite = (open: boolean) =>
    void navigate({ search: (now) => ({ ...now, dialog: open ? 'invite' : '' }), replace: !open });
  const showTokens = (member: string | undefined) =>
    void navigate({
      search: (now) => ({
        ...now,
        dialog: member === undefined ? '' : 'tokens',
        member: member ?? '',
      }),
      replace: member === undefined,
      resetScroll: false,
    });
  const [asking, setAsking] = useState<Asking>();
  const stopAsking = () => setAsking(undefined);
  const rowMenu = (member: Member) => {
    const all = search === undefined && !query.hasNextPage;
    const stuck = lastAdminReason(member, data?.items ?? [], all);
    const leaving = member.id === viewer;
    const ask = (about: Asking['about']) => () => setAsking({ about, member });
    return (
      <RowMenu
        label={`Actions for ${member.name}`}
        actions={[
          {
            label: member.role === 'admin' ? 'Make a member' : 'Make an admin',
            disabledReason: denied ?? stuck,
            onSelect: ask('role'),
          },
          {
            label: 'Show API tokens',
            disabledReason: reasonOf(may.revokeApiToken(team.actor, { ownerId: member.id })),
            onSelect: () => showTokens(member.id),
          },
          { label: 'Make a password link', disabledReason: denied, onSelect: ask('reset-link') },
          {
            label: leaving ? 'Leave the team' : 'Remove',
            destructive: true,
            disabledReason: (leaving ? undefined : denied) ?? stuck,
            onSelect: ask('removal'),
          },
        ]}
      />
    );
  };

  return (
    <Page
      title="Members"
      actions={
        <ActionButton
          variant="contained"
          color="primary"
          disabledReason={denied}
          onClick={() => invite(true)}
        >
          Invite
        </ActionButton>
      }
    >
      <Stack>
        <Panel aria-label="Members">
          <PanelBar>
            <SearchField
              label="Search name or email"
              value={search ?? ''}
              onSearch={(text) => void navigate({ search: { search: text }, replace: true })}
            />
            <Small data-end="" role="status">
              {data && `${data.total} ${data.total === 1 ? 'member' : 'members'}`}
            </Small>
          </PanelBar>
          {error !== null && data === undefined ? (
            <ErrorState
              title="The members can’t be loaded"
              error={error}
              onRetry={query.refetch}
              retrying={query.isFetching}
            />
          ) : data?.total === 0 ? (
            <EmptyState small title={`No member matches “${search ?? ''}”`} />
          ) : (
            <DataTable
              label="Members"
              columns={memberColumns(viewer, showTokens)}
              rows={data?.items}
              rowKey={(member) => member.id}
              rowMenu={rowMenu}
              more={query}
            />
          )}
        </Panel>
        {denied === undefined && <InvitationsPanel team={team.id} />}
      </Stack>
      {dialog === 'invite' && denied === undefined && (
        <Suspense>
          <InviteDialog team={team} onClose={() => invite(false)} />
        </Suspense>
      )}
      {dialog === 'tokens' && shown !== undefined && (
        <Suspense>
          <MemberTokensDialog
            team={team.id}
            member={{ id: shown, name: data?.items.find(({ id }) => id === shown)?.name }}
            onClose={() => showTokens(undefined)}
          />
        </Suspense>
      )}
      {asking?.about === 'role' && <RoleDialog team={team.id} member={asking.member} onClose={stopAsking} />}
      {asking?.about === 'reset-link' && (
        <ResetLinkDialog team={team.id} member={asking.member} onClose={stopAsking} />
      )}
      {asking?.about === 'removal' && (
        <RemoveMemberDialog team={team} member={asking.member} viewer={viewer} onClose={stopAsking} />
      )}
    </Page>
  );
}
