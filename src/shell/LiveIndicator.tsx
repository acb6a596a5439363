import { styled } from '@mui/material/styles';
import type { LiveState } from '../api/live.ts';
import { color, type } from '../theme/tokens.ts';
import { StateShape, type MarkState } from '../ui/StateMark.tsx';

const Line = styled('span')({
  ...type.small,
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  color: color.textSecondary,
});

const words: Record<LiveState, { state: MarkState; text: string; title: string }> = {
  connecting: { state: 'connecting', text: 'Connecting', title: 'Connecting to the server’s events' },
  live: { state: 'up', text: 'Live', title: 'What you see changes by itself' },
  reconnecting: { state: 'connecting', text: 'Reconnecting', title: 'What you see may be a few seconds old' },
  offline: {
    state: 'offline',
    text: 'Offline',
    title: 'The server doesn’t answer. What you see is the last known.',
  },
};

/** Whether the pages follow what happens. */
export function LiveIndicator({ live }: { live: LiveState }) {
  const { state, text, title } = words[live];
  return (
    <Line title={title} role="status">
      <StateShape state={state} />
      {text}
    </Line>
  );
}
