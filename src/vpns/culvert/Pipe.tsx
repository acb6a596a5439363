import Box from '@mui/material/Box';
import { Link } from '@tanstack/react-router';
import type { Tunnel, TunnelSummary } from '../../../contract/tunnels.ts';
import { color } from '../../theme/tokens.ts';
import { drawsShares, layBands, layLines, PIPE_HEIGHT, stateWords, type LineState } from './geometry.ts';
import { strokeSx } from './strokes.ts';

const wallSx = {
  position: 'relative',
  height: PIPE_HEIGHT,
  borderBlock: `1.5px solid ${color.lineStrong}`,
  boxSizing: 'content-box',
} as const;

/** From the workspaces to the gateway: a line for each replica, leading to its row, or shares when there are many. */
export function ReplicaPipe({
  team,
  vpn,
  summary,
  tunnels,
}: {
  team: string;
  vpn: string;
  summary: TunnelSummary;
  tunnels: Tunnel[];
}) {
  const to = '/teams/$team/vpns/$vpn/workspaces' as const;
  if (drawsShares(summary)) {
    return (
      <Box sx={wallSx}>
        {layBands(summary).map(({ state, count, y, height }) => (
          <Box
            key={state}
            component={Link}
            to={to}
            params={{ team, vpn }}
            search={{ state }}
            aria-label={`${count} ${stateWords[state]}`}
            sx={strokeSx(state, y + height / 2, height, height + 2)}
          />
        ))}
      </Box>
    );
  }
  const lines = layLines(tunnels);
  const reach = Math.min(9, PIPE_HEIGHT / (lines.length + 1));
  return (
    <Box sx={wallSx}>
      {lines.map(({ state, replica, replicaId, y }) => (
        <Box
          key={replicaId}
          component={Link}
          to={to}
          params={{ team, vpn }}
          hash={`replica-${replicaId}`}
          title={`${replica}: ${stateWords[state]}`}
          aria-label={`${replica}: ${stateWords[state]}`}
          sx={strokeSx(state, y, 2, reach)}
        />
      ))}
    </Box>
  );
}

/** From the gateway to the subnets: open as soon as one tunnel is up, with a warning while all of those carry one. */
export function SubnetPipe({ summary }: { summary: TunnelSummary }) {
  const state: LineState =
    summary.up === 0 ? 'offline' : summary.warning === summary.up ? 'warning' : 'up';
  return (
    <Box sx={wallSx}>
      <Box sx={strokeSx(state, PIPE_HEIGHT / 2, 2, 9)} />
    </Box>
  );
}
