import type { Port } from '../../../contract/ports.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { counted } from '../../ui/counted.ts';
import { PortName, VisibilityMark } from '../../ui/PortMarks.tsx';
import { toast } from '../../ui/toast.ts';
import { useStopPorts, type Place } from '../changes.ts';

type StopPortsDialogProps = {
  ports: readonly Port[];
  place: Place;
  onClose: () => void;
  onStopped: () => void;
};

/** Asks before ports are no longer forwarded, and names them. */
export default function StopPortsDialog({ ports, place, onClose, onStopped }: StopPortsDialogProps) {
  const what = ports.length === 1 ? `port ${ports[0]?.port}` : counted(ports.length, 'port');
  const stop = useStopPorts(place, () => {
    toast(
      ports.length === 1
        ? `Port ${ports[0]?.port} is no longer forwarded.`
        : `${what} are no longer forwarded.`,
    );
    onStopped();
    onClose();
  });
  return (
    <ConfirmDialog
      title={`Stop forwarding ${what}?`}
      consequences={ports.map((port) => (
        <Consequence key={port.port} port={port} />
      ))}
      note="What listens in the workspace goes on running. Added again, a port has the same address, and is private."
      confirm="Stop forwarding"
      cancel="Keep forwarding"
      destructive
      loading={stop.isPending}
      error={stop.error}
      onConfirm={() => stop.mutate(ports.map(({ port }) => port))}
      onCancel={onClose}
    >
      {ports.length === 1 ? 'Its address stops' : 'Their addresses stop'} working for everybody, and open
      connections are cut at once.
    </ConfirmDialog>
  );
}

const Consequence = ({ port }: { port: Port }) => (
  <>
    <PortName {...port} />
    <VisibilityMark visibility={port.visibility} />
  </>
);
