import { useState } from 'react';
import { Stack } from '../ui/Panel.tsx';
import { SecretsPanel } from './SecretsPanel.tsx';

type OwnSecretsProps = { viewerId: string; teams: readonly { id: string; name: string }[] };

/** The viewer’s own secrets: those of each of their teams, because workspaces are a team’s. */
export function OwnSecrets({ viewerId, teams }: OwnSecretsProps) {
  const [addingTo, setAddingTo] = useState<string>();
  return (
    <Stack>
      {teams.map(({ id, name }) => (
        <SecretsPanel
          key={id}
          team={id}
          level="member"
          title={`Your secrets in ${name}`}
          viewerId={viewerId}
          empty={{
            title: 'You have no secrets here',
            text: 'What you add reaches the replicas of your own workspaces when they start. Nobody else sees it.',
          }}
          adding={addingTo === id}
          onAdd={(open) => setAddingTo(open ? id : undefined)}
        />
      ))}
    </Stack>
  );
}
