import { styled } from '@mui/material/styles';
import type { TrialReplica } from '../../../contract/vpnTrials.ts';
import { useTeam } from '../../session/viewer.ts';
import { counted } from '../../ui/counted.ts';
import { TextLink } from '../../ui/links.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Mono } from '../../ui/text.tsx';

const SHOWN = 3;

const List = styled('ul')({ listStyle: 'none', marginTop: 6 });

/** Why there is nothing to test with, and what to do about it. */
export function NoReplica({ replicas, total }: { replicas: readonly TrialReplica[]; total: number }) {
  const { id: team } = useTeam();
  const link = (
    <TextLink to="/teams/$team/workspaces" params={{ team }}>
      Workspaces
    </TextLink>
  );
  if (total === 0) {
    return (
      <Notice state="none">
        A test runs on a replica, and this team has none yet. Open a workspace under {link} and run its join
        command on a machine. You can save without a test.
      </Notice>
    );
  }
  return (
    <Notice state="warning">
      None of the team’s {counted(total, 'replica')} can test now. You can save without a test.
      <List>
        {replicas.slice(0, SHOWN).map(({ replica, blocked }) => (
          <li key={replica.id}>
            <Mono>{replica.name}</Mono>: {blocked?.message}
          </li>
        ))}
      </List>
      {total > SHOWN && <>All of them are under {link}.</>}
    </Notice>
  );
}
