import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { portCan } from '../../contract/portAccess.ts';
import { reasonOf } from '../session/reason.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { counted } from '../ui/counted.ts';
import { PanelBar, Row } from '../ui/Panel.tsx';
import { Small } from '../ui/text.tsx';
import type { PortsPanel } from './panel.ts';

// In a line of small text, and as high as it.
const Inline = styled(Button)({ minHeight: 24, padding: '0 6px', marginLeft: -2 });

type PortsBarProps = {
  panel: PortsPanel;
  /** How many aren’t on the ignore list; undefined while they load. */
  count: number | undefined;
  hidden: number;
  showsIgnored: boolean;
  onShowIgnored: (show: boolean) => void;
  /** Numbers of the selected ports. */
  selected: readonly number[];
};

/** How many ports there are, and what can be done with the selected ones, or with none yet. */
export function PortsBar({ panel, count, hidden, showsIgnored, onShowIgnored, selected }: PortsBarProps) {
  const { actor, owned, open } = panel;
  return (
    <PanelBar>
      <Row style={{ gap: 2, flex: '1 1 160px' }}>
        <Small role="status">
          {count !== undefined && counted(count, 'port')}
          {hidden > 0 &&
            (showsIgnored ? ` · ${hidden} on the ignore list` : ` · ${hidden} hidden by the ignore list`)}
        </Small>
        {hidden > 0 && (
          <Inline
            size="small"
            variant="text"
            aria-label={showsIgnored ? 'Hide ports on the ignore list' : 'Show ports on the ignore list'}
            onClick={() => onShowIgnored(!showsIgnored)}
          >
            {showsIgnored ? 'Hide' : 'Show'}
          </Inline>
        )}
      </Row>
      <Row data-end="">
        {selected.length > 0 && (
          <Button color="error" onClick={() => open({ dialog: 'stop', port: selected.join(',') })}>
            Stop forwarding {counted(selected.length, 'port')}
          </Button>
        )}
        {panel.forwards && panel.complete && (
          <ActionButton
            disabledReason={reasonOf(portCan.manage(actor, owned))}
            onClick={() => open({ dialog: 'add' })}
          >
            Add port
          </ActionButton>
        )}
      </Row>
    </PanelBar>
  );
}
