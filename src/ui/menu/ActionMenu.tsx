import Menu, { type MenuProps } from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { color, type } from '../../theme/tokens.ts';
import { CheckIcon } from '../icons.tsx';
import type { MenuAction } from './action.ts';

const Words = styled('span')({
  display: 'grid',
  maxWidth: 280,
  whiteSpace: 'normal',
  '& > small': { ...type.small, color: color.textSecondary },
});
const Header = styled('li')({ ...type.small, padding: '6px 9px', color: color.textSecondary });
const Gap = styled('span')({ width: 16 });

export type Placement = 'below' | 'below-end' | 'above' | 'above-end';

const origins: Record<Placement, Pick<MenuProps, 'anchorOrigin' | 'transformOrigin'>> = {
  below: {
    anchorOrigin: { vertical: 'bottom', horizontal: 'left' },
    transformOrigin: { vertical: -4, horizontal: 'left' },
  },
  'below-end': {
    anchorOrigin: { vertical: 'bottom', horizontal: 'right' },
    transformOrigin: { vertical: -4, horizontal: 'right' },
  },
  above: {
    anchorOrigin: { vertical: 'top', horizontal: 'left' },
    transformOrigin: { vertical: 'bottom', horizontal: 'left' },
  },
  'above-end': {
    anchorOrigin: { vertical: 'top', horizontal: 'right' },
    transformOrigin: { vertical: 'bottom', horizontal: 'right' },
  },
};

/** Inside the page’s landmark, so that whoever moves by landmarks finds it. */
const landmark = () => document.querySelector('main') ?? document.body;

const inkOf = (action: MenuAction) => {
  if (action.disabledReason !== undefined) return color.textTertiary;
  return action.destructive ? color.failed : undefined;
};

export type ActionMenuProps = {
  id: string;
  anchor: HTMLElement | null;
  onClose: () => void;
  actions: readonly MenuAction[];
  header: ReactNode;
  placement: Placement;
};

/** The open menu. A chunk of its own: the first screen does without, and it comes when the pointer nears the button. */
export default function ActionMenu({ id, anchor, onClose, actions, header, placement }: ActionMenuProps) {
  const choice = actions.some((action) => action.selected !== undefined);
  return (
    <Menu
      id={id}
      container={landmark}
      anchorEl={anchor}
      open={anchor !== null}
      onClose={onClose}
      {...origins[placement]}
      slotProps={{ paper: { sx: { minWidth: Math.max(150, anchor?.offsetWidth ?? 0) } } }}
    >
      {header !== undefined && <Header role="presentation">{header}</Header>}
      {actions.map((action) => (
        <MenuItem
          key={action.key ?? action.label}
          role={choice ? 'menuitemradio' : 'menuitem'}
          aria-checked={choice ? action.selected === true : undefined}
          aria-disabled={action.disabledReason !== undefined}
          onClick={() => {
            if (action.disabledReason !== undefined) return;
            onClose();
            action.onSelect();
          }}
          style={{
            color: inkOf(action),
            cursor: action.disabledReason === undefined ? 'pointer' : 'default',
          }}
        >
          {choice && (action.selected === true ? <CheckIcon /> : <Gap />)}
          <Words>
            {action.label}
            {action.disabledReason !== undefined && <small>{action.disabledReason}</small>}
          </Words>
        </MenuItem>
      ))}
    </Menu>
  );
}
