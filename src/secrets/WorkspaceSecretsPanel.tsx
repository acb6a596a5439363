import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import type { WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle, Stack } from '../ui/Panel.tsx';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { counted } from '../ui/counted.ts';
import { workspaceSecretsQuery } from './queries.ts';
import { deliveryWords, namesInWords, runsWithOlder } from './words.ts';

const List = styled('ul')({
  listStyle: 'none',
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
  gap: '6px 24px',
  '& > li': { display: 'flex', flexWrap: 'wrap', columnGap: 10, alignItems: 'baseline', minWidth: 0 },
  '& > li > :first-of-type': { overflowWrap: 'anywhere' },
});

type WorkspaceSecretsPanelProps = {
  team: string;
  workspace: { id: string; owner: { id: string; name: string } };
  viewerId: string;
};

/** Which secrets a workspace’s replicas get, by name, and which of them run with older ones. For its owner and for admins. */
export function WorkspaceSecretsPanel({ team, workspace, viewerId }: WorkspaceSecretsPanelProps) {
  const { data, error, refetch, isFetching } = useQuery(workspaceSecretsQuery(team, workspace.id));
  const isOwner = workspace.owner.id === viewerId;
  if (error !== null && data === undefined) {
    return (
      <Panel aria-label="Secrets">
        <ErrorState
          title="The workspace’s secrets can’t be loaded"
          error={error}
          onRetry={refetch}
          retrying={isFetching}
        />
      </Panel>
    );
  }
  if (data === undefined) return null;
  return (
    <Panel aria-label="Secrets">
      <PanelBar>
        <PanelTitle>Secrets</PanelTitle>
        <Small>{counted(data.items.length, 'secret')} for its replicas</Small>
      </PanelBar>
      <PanelBody>
        <Stack style={{ gap: 12 }}>
          <Standing {...data} isOwner={isOwner} owner={workspace.owner.name} />
          {data.items.length === 0 ? (
            <Secondary>
              {isOwner
                ? 'None. Add your own on your account page; an admin adds the team’s in Settings.'
                : 'None of the team’s. What is the owner’s own isn’t shown here.'}
            </Secondary>
          ) : (
            <List aria-label="Secrets for its replicas">
              {data.items.map(({ name, level, delivery }) => (
                <li key={name}>
                  <Mono>{name}</Mono>
                  <Small>
                    {level === 'team' ? 'the team’s' : 'yours'}, {deliveryWords[delivery].toLowerCase()}
                  </Small>
                </li>
              ))}
            </List>
          )}
        </Stack>
      </PanelBody>
    </Panel>
  );
}

type StandingProps = WorkspaceSecrets & { isOwner: boolean; owner: string };

function Standing({ replicas, isOwner, owner }: StandingProps) {
  const older = runsWithOlder(replicas).map(({ replica }) => replica.name);
  const strange = replicas.filter(({ ownSecrets }) => !ownSecrets).map(({ replica }) => replica.name);
  return (
    <>
      {older.length > 0 && (
        <Notice state="warning">
          {namesInWords(older)} {older.length === 1 ? 'runs' : 'run'} with older secrets. Restart{' '}
          {older.length === 1 ? 'it' : 'them'} to bring in what changed since.
        </Notice>
      )}
      {strange.length > 0 && (
        <Notice state="none">
          {namesInWords(strange)} joined by a command that {isOwner ? 'you' : owner} didn’t make, and{' '}
          {strange.length === 1 ? 'gets' : 'get'} the team’s secrets only.{' '}
          {isOwner && 'If it is your machine, rotate its join token under Settings, then restart it.'}
        </Notice>
      )}
    </>
  );
}
