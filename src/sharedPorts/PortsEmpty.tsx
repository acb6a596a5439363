import Button from '@mui/material/Button';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Mono } from '../ui/text.tsx';

/** A team in which nobody shares a port: where sharing is done, and what it takes. */
export const NothingShared = ({ team }: { team: string }) => (
  <EmptyState
    title="No port is shared"
    actions={
      <ButtonLink variant="contained" color="primary" to="/teams/$team/workspaces" params={{ team }}>
        Choose a workspace
      </ButtonLink>
    }
    footnote="Ports are private until their owner shares them."
  >
    Open the Ports tab of one of your workspaces and make a port visible to the organization, or public. What
    anybody of the team shares is listed here.
  </EmptyState>
);

export const NoMatch = ({ search, onClear }: { search: string | undefined; onClear: () => void }) => (
  <EmptyState
    small
    title={search === undefined ? 'No shared port has this visibility' : `No shared port matches “${search}”`}
    actions={<Button onClick={onClear}>Show all shared ports</Button>}
  />
);

/** A server whose operator hasn’t given it a domain for ports. */
export const NoPortsDomain = () => (
  <EmptyState title="This server forwards no ports">
    Forwarded ports need a domain of their own. Whoever runs this server sets it with{' '}
    <Mono>CULVERT_PORTS_DOMAIN</Mono> and starts the server again.
  </EmptyState>
);
