import Button from '@mui/material/Button';
import { useId } from 'react';
import { portCan } from '../../contract/portAccess.ts';
import type { Port, PortNotice } from '../../contract/ports.ts';
import { reasonOf } from '../session/reason.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { useClockText } from '../ui/clock.ts';
import { NoticeLine, NoticeList } from '../ui/NoticeList.tsx';
import { shareAgainLabel, whyPrivate } from '../ui/portWords.ts';
import { timeInWords } from '../ui/time.ts';
import { useChangePort, useDismissNotice, type Place } from './changes.ts';
import type { PortsPanel } from './panel.ts';

type PortNoticeLineProps = { port: Port; notice: PortNotice; panel: PortsPanel; place: Place };

function PortNoticeLine({ port, notice, panel, place }: PortNoticeLineProps) {
  const { actor, owned, policy } = panel;
  const id = useId();
  const at = useClockText((now) => timeInWords(Date.parse(notice.at), now));
  const share = useChangePort(place);
  const dismiss = useDismissNotice(place);
  const change = { from: port.visibility, to: notice.from };
  return (
    <NoticeLine
      id={id}
      error={share.error ?? dismiss.error}
      actions={
        <>
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
        </>
      }
    >
      Port {port.port} is private again because {whyPrivate(notice, at)}.
    </NoticeLine>
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
    <NoticeList aria-label="Ports that are private again">
      {lines.map(({ port, notice }) => (
        <PortNoticeLine key={port.port} port={port} notice={notice} panel={panel} place={place} />
      ))}
    </NoticeList>
  );
}
