import Button from '@mui/material/Button';
import { EmptyState } from '../ui/EmptyState.tsx';
import { CreateVpnButton } from './CreateVpnButton.tsx';
import { ImportVpnButton } from './import/ImportVpnButton.tsx';

/** A team without a VPN: what one is for, and what to have at hand for it. */
export const NoVpns = () => (
  <EmptyState
    title="Connect your workspaces to a private network"
    actions={
      <>
        <CreateVpnButton />
        <ImportVpnButton />
      </>
    }
    footnote="You will need the gateway’s public IP, the pre-shared key, and the subnets behind it."
  >
    Describe your VPN gateway once. Every replica of the workspaces you connect then holds its own IPsec
    tunnel to it.
  </EmptyState>
);

/** A search or filter that leaves nothing. */
export const NoMatch = ({ search, onClear }: { search: string | undefined; onClear: () => void }) => (
  <EmptyState
    small
    title={search === undefined ? 'No VPN is in this state' : `No VPN matches “${search}”`}
    actions={<Button onClick={onClear}>Show all VPNs</Button>}
  >
    {search !== undefined && 'Names, gateways and peer subnets are searched.'}
  </EmptyState>
);
