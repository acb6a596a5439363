import { styled } from '@mui/material/styles';
import type { Tunnel, TunnelSummary } from '../../../contract/tunnels.ts';
import { anchorOf } from '../../tunnels/tunnelColumns.tsx';
import { color } from '../../theme/tokens.ts';
import { drawsShares, layBands, layLines, PIPE_HEIGHT, stateWords, type LineState } from './geometry.ts';
import { Stroke, StrokeLink, strokeStyle } from './strokes.ts';

/** Two walls, and what runs between them. */
const Walls = styled('div')({
  position: 'relative',
  height: PIPE_HEIGHT,
  boxSizing: 'content-box',
  borderBlock: `1.5px solid ${color.lineStrong}`,
});

type ReplicaPipeProps = { team: string; vpn: string; summary: TunnelSummary; tunnels: Tunnel[] };

/** From the workspaces to the gateway: a line for each replica, leading to its row, or shares when there are many. */
export function ReplicaPipe({ team, vpn, summary, tunnels }: ReplicaPipeProps) {
  const tab = { to: '/teams/$team/vpns/$vpn/workspaces', params: { team, vpn } } as const;
  if (drawsShares(summary)) {
    return (
      <Walls>
        {layBands(summary).map(({ state, count, y, height }) => (
          <StrokeLink
            key={state}
            {...tab}
            search={{ state }}
            data-state={state}
            data-band=""
            title={`${count} ${stateWords[state]}`}
            aria-label={`${count} ${stateWords[state]}: show them`}
            style={strokeStyle(y + height / 2, height, height + 2)}
          />
        ))}
      </Walls>
    );
  }
  const lines = layLines(tunnels);
  const reach = Math.min(9, PIPE_HEIGHT / (lines.length + 1));
  return (
    <Walls>
      {lines.map(({ state, replica, tunnelId, y }) => (
        <StrokeLink
          key={tunnelId}
          {...tab}
          hash={anchorOf({ id: tunnelId })}
          data-state={state}
          title={`${replica}: ${stateWords[state]}`}
          aria-label={`${replica}: ${stateWords[state]}`}
          style={strokeStyle(y, 2, reach)}
        />
      ))}
    </Walls>
  );
}

/** From the gateway to the subnets: open as soon as one tunnel is up, with a warning while all of those carry one. */
export function SubnetPipe({ summary }: { summary: TunnelSummary }) {
  const state: LineState = summary.up === 0 ? 'offline' : summary.warning === summary.up ? 'warning' : 'up';
  return (
    <Walls aria-hidden="true">
      <Stroke data-state={state} style={strokeStyle(PIPE_HEIGHT / 2, 2, 9)} />
    </Walls>
  );
}
