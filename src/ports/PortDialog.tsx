import Button from '@mui/material/Button';
import { lazy, Suspense, useState } from 'react';
import type { Port } from '../../contract/ports.ts';
import { Notice } from '../ui/Notice.tsx';
import type { Place } from './changes.ts';
import type { PortsPanel } from './panel.ts';
import { portDialogOf, type PortDialogState, type PortsSearch } from './portDialog.ts';

const AddPortDialog = lazy(() => import('./dialogs/AddPortDialog.tsx'));
const EditLabelDialog = lazy(() => import('./dialogs/EditLabelDialog.tsx'));
const MakePublicDialog = lazy(() => import('./dialogs/MakePublicDialog.tsx'));
const StopPortsDialog = lazy(() => import('./dialogs/StopPortsDialog.tsx'));
const SwitchProtocolDialog = lazy(() => import('./dialogs/SwitchProtocolDialog.tsx'));

type PortDialogProps = {
  search: PortsSearch;
  ports: readonly Port[];
  panel: PortsPanel;
  place: Place;
  onClose: () => void;
  onShow: (port: number) => void;
  onStopped: () => void;
};

/**
 * The dialog that the address asks for. It is about the port as it was when the dialog opened, which is what the reader
 * decides on: what changes meanwhile is said, not slipped in. Give it a `key` for what it was opened with.
 */
export function PortDialog(props: PortDialogProps) {
  const { search, ports, panel } = props;
  const [state] = useState(() => portDialogOf(search, ports, panel));
  if (state === undefined) return null;
  return <Suspense>{dialog(state, props)}</Suspense>;
}

function dialog(state: PortDialogState, props: PortDialogProps) {
  const { ports, panel, place, onClose, onShow, onStopped } = props;
  switch (state.kind) {
    case 'add':
      return <AddPortDialog ports={ports} place={place} onClose={onClose} onShow={onShow} />;
    case 'label':
      return <EditLabelDialog port={state.port} place={place} onClose={onClose} />;
    case 'public':
      return <MakePublicDialog port={state.port} place={place} audience={panel.audience} onClose={onClose} />;
    case 'protocol':
      return <SwitchProtocolDialog port={state.port} to={state.to} place={place} onClose={onClose} />;
    case 'stop':
      return <StopPortsDialog ports={state.ports} place={place} onClose={onClose} onStopped={onStopped} />;
    case 'refused':
      return (
        <Notice
          state="none"
          action={
            <Button size="small" variant="text" onClick={onClose}>
              Dismiss
            </Button>
          }
        >
          {state.reason}
        </Notice>
      );
  }
}
