import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import type { WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Panel, PanelBar, PanelBody, PanelTitle, Stack } from '../ui/Panel.tsx';
import { Mono, Secondary, Small } from '../ui/text.tsx';
import { counted } from '../ui/counted.ts';
import { workspaceSecretsQuery } from './queries.ts';
import { deliveryWords, getsTeamsOnly, namesInWords, runsWithOlder, runsWithout } from './words.ts';

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
  workspace: { id: string; owner: { id: string } };
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
          <Standing secrets={data} />
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

/** What somebody should do about its replicas. */
function Standing({ secrets }: { secrets: WorkspaceSecrets }) {
  const older = runsWithOlder(secrets);
  const without = runsWithout(secrets);
  const teamsOnly = getsTeamsOnly(secrets);
  const one = (replicas: readonly unknown[], word: string, words: string) =>
    replicas.length === 1 ? word : words;
  return (
    <>
      {older.length > 0 && (
        <Notice state="warning">
          {namesInWords(older)} {one(older, 'runs', 'run')} with older secrets. Restart{' '}
          {one(older, 'it', 'them')} to bring in what changed since.
        </Notice>
      )}
      {without.length > 0 && (
        <Notice state="warning">
          {namesInWords(without)} {one(without, 'has', 'have')} none of them: update{' '}
          {one(without, 'its agent', 'their agents')} with the join command. Where that is done, the agent’s
          log says why it can’t write them.
        </Notice>
      )}
      {teamsOnly.length > 0 && (
        <Notice state="none">
          {namesInWords(teamsOnly)} joined by a command that you didn’t make, and{' '}
          {one(teamsOnly, 'gets', 'get')} the team’s secrets only. If it is your machine, rotate its join
          token under Settings, then restart it.
        </Notice>
      )}
    </>
  );
}
