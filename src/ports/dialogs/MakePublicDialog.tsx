import { useState } from 'react';
import type { Port } from '../../../contract/ports.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { shownAddress, visibilityNames } from '../../ui/portWords.ts';
import { Mono } from '../../ui/text.tsx';
import { toast } from '../../ui/toast.ts';
import { currentPort, useChangePort, type Place } from '../changes.ts';
import type { PortsPanel } from '../panel.ts';
import { changedMeanwhile, visibilitySet } from '../portWording.ts';

type MakePublicDialogProps = {
  port: Port;
  place: Place;
  audience: PortsPanel['audience'];
  onClose: () => void;
};

/** Asks before everybody can reach a port: who that is, and what ends it. */
export default function MakePublicDialog({ port, place, audience, onClose }: MakePublicDialogProps) {
  const [from, setFrom] = useState(port);
  const share = useChangePort(place, {
    onDone: () => {
      toast(visibilitySet(from.port, from.visibility, 'public', audience));
      onClose();
    },
    onRefused: (error) => setFrom(currentPort(error) ?? from),
  });
  const theirs = currentPort(share.error);
  return (
    <ConfirmDialog
      title={`Make port ${port.port} public?`}
      note="It goes back to private when the workspace restarts or the port is removed. You can end it at any time; open connections are cut at once."
      confirm="Make public"
      cancel={`Keep ${visibilityNames[from.visibility].toLowerCase()}`}
      loading={share.isPending}
      error={theirs === undefined ? share.error : null}
      onConfirm={() => share.mutate({ from, change: { visibility: 'public' } })}
      onCancel={onClose}
    >
      Anyone on the internet will reach {port.url === null ? 'it' : <Mono>{shownAddress(port.url)}</Mono>}{' '}
      without signing in.
      {theirs !== undefined && <Notice state="warning">{changedMeanwhile(port, theirs)}</Notice>}
    </ConfirmDialog>
  );
}
