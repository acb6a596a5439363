import { styled } from '@mui/material/styles';
import type { TunnelEvent } from '../../contract/timeline.ts';
import { color, type } from '../theme/tokens.ts';
import { StateShape, type MarkState } from '../ui/StateMark.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { clockTime } from '../ui/time.ts';

const marks: Record<TunnelEvent['kind'], MarkState> = {
  up: 'up',
  down: 'offline',
  rekeyed: 'none',
  diagnosed: 'warning',
  changed: 'none',
  'went-back': 'warning',
  offline: 'lost',
  online: 'none',
};

const List = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  maxHeight: 320,
  overflowY: 'auto',
  borderTop: `1px solid ${color.line}`,
});
const Item = styled('li')({
  display: 'grid',
  gridTemplateColumns: '64px 10px 1fr auto',
  alignItems: 'center',
  gap: 10,
  padding: '7px 2px',
  '&:not(:last-of-type)': { borderBottom: `1px solid ${color.line}` },
});
const Clock = styled('span')({ ...type.mono, color: color.textSecondary });
const Ago = styled('span')({ ...type.small, color: color.textSecondary, whiteSpace: 'nowrap' });

/** What happened, newest first, with the time of day. */
export const TunnelEvents = ({ events }: { events: readonly TunnelEvent[] }) => (
  <List aria-label="Events" tabIndex={0}>
    {events.map(({ at, kind, text }, index) => (
      <Item key={`${at}-${index}`}>
        <Clock>{clockTime(Date.parse(at))}</Clock>
        <StateShape state={marks[kind]} />
        <span style={{ gridColumn: 3 }}>{text}</span>
        <Ago>
          <RelativeTime at={at} />
        </Ago>
      </Item>
    ))}
  </List>
);
