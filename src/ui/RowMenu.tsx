import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { color, type } from '../theme/tokens.ts';
import { MoreIcon } from './icons.tsx';

const Words = styled('span')({
  display: 'grid',
  maxWidth: 280,
  whiteSpace: 'normal',
  '& > small': { ...type.small, color: color.textSecondary },
});

export type MenuAction = {
  label: string;
  onSelect: () => void;
  destructive?: boolean;
  /** Why it can’t be done now; the action stays visible and says so. */
  disabledReason?: string | undefined;
};

/** The actions of one row, behind three dots. `label` names the row: “Actions for Berlin office”. */
export function RowMenu({ label, actions }: { label: string; actions: readonly MenuAction[] }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const id = useId();
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? id : undefined}
      >
        <MoreIcon />
      </IconButton>
      <Menu
        id={id}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        {actions.map((action) => (
          <MenuItem
            key={action.label}
            aria-disabled={action.disabledReason !== undefined}
            onClick={() => {
              if (action.disabledReason !== undefined) return;
              close();
              action.onSelect();
            }}
            style={action.disabledReason === undefined ? undefined : { color: color.textTertiary, cursor: 'default' }}
          >
            <Words style={action.destructive && !action.disabledReason ? { color: color.failed } : undefined}>
              {action.label}
              {action.disabledReason !== undefined && <small>{action.disabledReason}</small>}
            </Words>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
