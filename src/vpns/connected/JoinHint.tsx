import type { Ref } from '../../../contract/lists.ts';
import { useTeam } from '../../session/viewer.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { Row } from '../../ui/Panel.tsx';
import { Secondary } from '../../ui/text.tsx';

/** Under a connected workspace without a replica: the next step. */
export function JoinHint({ workspace }: { workspace: Ref }) {
  const { id: team } = useTeam();
  return (
    <Row>
      <Secondary>A tunnel comes up as soon as a replica joins: one command on the machine does it.</Secondary>
      <ButtonLink
        size="small"
        to="/teams/$team/workspaces/$workspace/replicas"
        params={{ team, workspace: workspace.id }}
        search={{ dialog: 'join' }}
      >
        Show the join command
      </ButtonLink>
    </Row>
  );
}
