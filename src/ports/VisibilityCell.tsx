import Button from '@mui/material/Button';
import { portCan } from '../../contract/portAccess.ts';
import type { Port } from '../../contract/ports.ts';
import { visibilities } from '../../contract/visibility.ts';
import { reasonOf } from '../session/reason.ts';
import { ChevronDownIcon } from '../ui/icons.tsx';
import { useMenu } from '../ui/menu/useMenu.tsx';
import { VisibilityMark, visibilityIcons } from '../ui/PortMarks.tsx';
import { visibilityMeaning, visibilityNames } from '../ui/portWords.ts';
import { Secondary } from '../ui/text.tsx';
import type { PortsPanel } from './panel.ts';
import { whoIsCutOff } from './portWording.ts';

type CellProps = { port: Port; panel: PortsPanel };

/** Who may reach a port, and the menu that changes it: each level with what it means, or why it can’t be chosen. */
export function VisibilityCell({ port, panel }: CellProps) {
  if (!port.forwarded) return <Secondary>Not forwarded</Secondary>;
  if (!portCan.seeAll(panel.actor, panel.owned)) return <VisibilityMark visibility={port.visibility} />;
  return <VisibilityButton port={port} panel={panel} />;
}

function VisibilityButton({ port, panel }: CellProps) {
  const { actor, owned, policy, audience, rows, share } = panel;
  const { visibility: from } = port;
  const actions = visibilities.map((to) => {
    const meaning = visibilityMeaning(to, audience);
    const cut = whoIsCutOff(from, to);
    return {
      label: visibilityNames[to],
      icon: visibilityIcons[to],
      detail: cut === null ? meaning : `${meaning} ${cut}`,
      selected: to === from,
      disabledReason:
        to === from ? undefined : reasonOf(portCan.setVisibility(actor, owned, { from, to }, policy)),
      onSelect: () => {
        if (to !== from) share(port, to);
      },
    };
  });
  const { trigger, menu } = useMenu({ actions });
  return (
    <>
      <Button
        {...trigger}
        size="small"
        color={from === 'public' ? 'error' : 'inherit'}
        startIcon={visibilityIcons[from]}
        endIcon={<ChevronDownIcon size={12} />}
        // Not disabled meanwhile, which would take the focus away.
        aria-busy={rows.isPending(port.port)}
        sx={{ '&[aria-busy=true]': { opacity: 0.55 } }}
        aria-label={`${visibilityNames[from]}, visibility of port ${port.port}`}
      >
        {visibilityNames[from]}
      </Button>
      {menu}
    </>
  );
}
