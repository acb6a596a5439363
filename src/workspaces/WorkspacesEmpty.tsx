import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A team without a workspace: what one is for, and what joining takes. */
export const NoWorkspaces = ({ action }: { action: ReactNode }) => (
  <EmptyState
    title="Add the machines that need the private network"
    actions={action}
    footnote="You will need root on a Linux machine. Nothing has to be installed on it first."
  >
    A workspace is a development environment with one or more replicas. Each replica joins with one command
    and then holds its own tunnel to every VPN of the workspace.
  </EmptyState>
);

export const NoMatch = ({ search, onClear }: { search: string; onClear: () => void }) => (
  <EmptyState
    small
    title={`No workspace matches “${search}”`}
    actions={<Button onClick={onClear}>Show all workspaces</Button>}
  />
);
