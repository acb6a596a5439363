import { useState } from 'react';
import type { Port, PortProtocol } from '../../../contract/ports.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Paragraph } from '../../ui/text.tsx';
import { toast } from '../../ui/toast.ts';
import { currentPort, useChangePort, type Place } from '../changes.ts';
import { changedMeanwhile } from '../portWording.ts';

type SwitchProtocolDialogProps = { port: Port; to: PortProtocol; place: Place; onClose: () => void };

const consequence: Record<PortProtocol, string> = {
  http: 'Culvert then speaks plain HTTP with what listens there.',
  https:
    'Culvert then speaks HTTPS with what listens there. A self-signed certificate will do: it isn’t checked.',
};

/** Asks before a port’s protocol is switched. A public HTTP port becomes private by that, and it says so before. */
export default function SwitchProtocolDialog({ port, to, place, onClose }: SwitchProtocolDialogProps) {
  const [from, setFrom] = useState(port);
  const change = useChangePort(place, {
    onDone: (changed) => {
      const still = changed.visibility === from.visibility ? '' : ' It is private now.';
      toast(`Port ${port.port} is reached by ${to.toUpperCase()} now.${still}`);
      onClose();
    },
    onRefused: (error) => setFrom(currentPort(error) ?? from),
  });
  const theirs = currentPort(change.error);
  const becomesPrivate = from.visibility === 'public' && to === 'https';
  return (
    <ConfirmDialog
      title={`Switch port ${port.port} to ${to.toUpperCase()}?`}
      note="Its address stays the same for everybody who opens it."
      confirm={`Switch to ${to.toUpperCase()}`}
      cancel={`Keep ${port.protocol.toUpperCase()}`}
      loading={change.isPending}
      error={theirs === undefined ? change.error : null}
      onConfirm={() => change.mutate({ from, change: { protocol: to } })}
      onCancel={onClose}
    >
      <Paragraph>{consequence[to]}</Paragraph>
      {becomesPrivate && (
        <Paragraph style={{ marginTop: 8 }}>
          <strong>It becomes private</strong>: everybody else who has it open is cut off. You can share it
          again afterwards.
        </Paragraph>
      )}
      {theirs !== undefined && <Notice state="warning">{changedMeanwhile(port, theirs)}</Notice>}
    </ConfirmDialog>
  );
}
