import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import { portCan } from '../../contract/portAccess.ts';
import type { Port } from '../../contract/ports.ts';
import { reasonOf } from '../session/reason.ts';
import { color, media, type } from '../theme/tokens.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { CopyIconButton } from '../ui/CopyButton.tsx';
import { OpenIcon } from '../ui/icons.tsx';
import { shownAddress } from '../ui/portWords.ts';
import { Secondary } from '../ui/text.tsx';
import type { PortsPanel } from './panel.ts';

const Line = styled('span')({ display: 'inline-flex', alignItems: 'center', gap: 2, maxWidth: '100%' });

const Address = styled('a')({
  ...type.mono,
  color: color.primary,
  textDecoration: 'none',
  marginRight: 4,
  // A long label beside it gives way first.
  whiteSpace: 'nowrap',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  maxWidth: 300,
  [media.tightest]: { maxWidth: 'calc(100vw - 690px)', marginRight: 0 },
  '&:hover': { textDecoration: 'underline' },
  [media.phone]: { maxWidth: '100%' },
});

// Where there is no room for them, the row’s menu copies, and the address itself opens.
const Beside = styled('span')({ display: 'inline-flex', [media.tight]: { display: 'none' } });

/** Where a port is reached, to open and to copy; or the button that forwards it. */
export function AddressCell({ port, panel }: { port: Port; panel: PortsPanel }) {
  const { url, forwarded } = port;
  if (url !== null) {
    const address = shownAddress(url);
    const inNewTab = { href: url, target: '_blank', rel: 'noopener' };
    return (
      <Line>
        <Address {...inNewTab}>{address}</Address>
        <Beside>
          <CopyIconButton text={url} what={`the address of port ${port.port}`} />
          <IconButton
            component="a"
            {...inNewTab}
            aria-label={`Open port ${port.port} in a new tab`}
            title="Open in a new tab"
          >
            <OpenIcon />
          </IconButton>
        </Beside>
      </Line>
    );
  }
  if (forwarded || !panel.forwards) return <Secondary>–</Secondary>;
  return (
    <ActionButton
      size="small"
      aria-label={`Forward port ${port.port}`}
      loading={panel.rows.isPending(port.port)}
      disabledReason={reasonOf(portCan.manage(panel.actor, panel.owned))}
      onClick={() => panel.rows.forward(port.port)}
    >
      Forward
    </ActionButton>
  );
}
