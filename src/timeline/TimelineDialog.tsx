import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { color } from '../theme/tokens.ts';
import { Dialog, DialogActions } from '../ui/Dialog.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Bar } from '../ui/table/styles.ts';
import { Secondary } from '../ui/text.tsx';
import { timelineQuery } from './queries.ts';
import { TrafficChart } from './TrafficChart.tsx';
import { TunnelEvents } from './TunnelEvents.tsx';

type TimelineDialogProps = {
  team: string;
  vpn: string;
  /** The id of the replica. */
  replica: string;
  onClose: () => void;
};

const Loading = styled('div')({
  display: 'grid',
  gap: 14,
  padding: '4px 0 12px',
  color: color.textSecondary,
});

/** The last day of one tunnel: its traffic and what happened to it. */
export function TimelineDialog({ team, vpn, replica, onClose }: TimelineDialogProps) {
  const query = useQuery(timelineQuery(team, vpn, replica));
  const timeline = query.data;
  const title =
    timeline === undefined ? 'Tunnel' : `Tunnel of ${timeline.replica.name} to ${timeline.vpn.name}`;
  return (
    <Dialog title={title} width={600} onClose={onClose}>
      {timeline !== undefined ? (
        <>
          <TrafficChart {...timeline.traffic} />
          {timeline.events.length > 0 ? (
            <TunnelEvents events={timeline.events} />
          ) : (
            <Secondary>Nothing has happened to this tunnel in the last 24 hours.</Secondary>
          )}
        </>
      ) : query.error === null ? (
        <Loading aria-busy="true" aria-label="Loading">
          <Bar style={{ width: '100%', height: 76 }} />
          <Bar style={{ width: '60%' }} />
          <Bar style={{ width: '45%' }} />
        </Loading>
      ) : (
        <ErrorState
          title="The timeline can’t be loaded"
          error={query.error}
          onRetry={query.refetch}
          retrying={query.isFetching}
        />
      )}
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
