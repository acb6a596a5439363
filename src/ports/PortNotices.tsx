import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { portCan } from '../../contract/portAccess.ts';
import type { Port, PortNotice } from '../../contract/ports.ts';
import { reasonOf } from '../session/reason.ts';
import { color, media, radius, tint } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { useClockText } from '../ui/clock.ts';
import { Notice } from '../ui/Notice.tsx';
import { StateShape } from '../ui/StateMark.tsx';
import { timeInWords } from '../ui/time.ts';
import { useChangePort, useDismissNotice, type Place } from './changes.ts';
import type { PortsPanel } from './panel.ts';
import { noticeWords, shareAgainLabel } from './portWording.ts';

const List = styled('ul')({
  listStyle: 'none',
  borderRadius: radius.panel,
  border: `1px solid color-mix(in srgb, ${color.warning} 30%, transparent)`,
  backgroundColor: tint(color.warning),
  '& > li': { padding: '8px 14px' },
  '& > li + li': { borderTop: `1px solid color-mix(in srgb, ${color.warning} 18%, transparent)` },
});

const Line = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr) auto',
  alignItems: 'center',
  columnGap: 10,
  [media.phone]: { gridTemplateColumns: 'auto minmax(0, 1fr)', '& > [data-acts]': { gridColumn: 2 } },
});

const Acts = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  [media.phone]: { marginTop: 6, marginLeft: -1 },
});

type NoticeLineProps = { port: Port; notice: PortNotice; panel: PortsPanel; place: Place };

function NoticeLine({ port, notice, panel, place }: NoticeLineProps) {
  const { actor, owned, policy } = panel;
  const id = useId();
  const at = useClockText((now) => timeInWords(Date.parse(notice.at), now));
  const share = useChangePort(place);
  const dismiss = useDismissNotice(place);
  const change = { from: port.visibility, to: notice.from };
  const problem = share.error ?? dismiss.error;
  return (
    <li>
      <Line>
        <StateShape state="warning" />
        <span id={id}>{noticeWords(port.port, notice, at)}</span>
        <Acts data-acts="">
          {port.forwarded && panel.forwards && (
            <ActionButton
              size="small"
              aria-describedby={id}
              loading={share.isPending}
              disabledReason={reasonOf(portCan.setVisibility(actor, owned, change, policy))}
              onClick={() => share.mutate({ from: port, change: { visibility: notice.from } })}
            >
              {shareAgainLabel(notice.from)}
            </ActionButton>
          )}
          <Button
            size="small"
            variant="text"
            aria-describedby={id}
            loading={dismiss.isPending}
            onClick={() => dismiss.mutate(port.port)}
          >
            Dismiss
          </Button>
        </Acts>
      </Line>
      {problem && <Notice state="failed">{problem.message}</Notice>}
    </li>
  );
}

/** Shares that ended by themselves: why, and one click to share again. Only the owner decides about them. */
export function PortNotices({
  ports,
  panel,
  place,
}: {
  ports: readonly Port[];
  panel: PortsPanel;
  place: Place;
}) {
  if (!portCan.manage(panel.actor, panel.owned).allowed) return null;
  const lines = ports.flatMap((port) => (port.notice === null ? [] : [{ port, notice: port.notice }]));
  if (lines.length === 0) return null;
  return (
    <List aria-label="Ports that are private again">
      {lines.map(({ port, notice }) => (
        <NoticeLine key={port.port} port={port} notice={notice} panel={panel} place={place} />
      ))}
    </List>
  );
}
