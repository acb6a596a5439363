import Menu, { type MenuProps } from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { useId, type ReactNode } from 'react';
import { color, type } from '../../theme/tokens.ts';
import { CheckIcon } from '../icons.tsx';
import type { MenuAction } from './action.ts';

const Words = styled('span')({
  display: 'grid',
  maxWidth: 300,
  whiteSpace: 'normal',
  '& > small': { ...type.small, color: color.textSecondary },
  // Below what it would lead to, why it doesn’t.
  '& > small > div:not(:first-child)': { marginTop: 3, color: color.text },
  '&[data-detailed] > span': { fontWeight: 600 },
});
// At the height of the first line, whatever stands under it.
const Symbol = styled('span')({ flex: 'none', alignSelf: 'start', width: 16, paddingTop: 2 });
const Header = styled('li')({ ...type.small, padding: '6px 9px', color: color.textSecondary });

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
  const words = useId();
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
      {actions.map((action, index) => {
        const { label, icon, detail, selected, disabledReason } = action;
        const name = `${words}-${index}`;
        const described = detail !== undefined || disabledReason !== undefined;
        return (
          <MenuItem
            key={action.key ?? label}
            role={choice ? 'menuitemradio' : 'menuitem'}
            selected={selected === true && icon !== undefined}
            aria-checked={choice ? selected === true : undefined}
            aria-disabled={disabledReason !== undefined}
            aria-labelledby={name}
            aria-describedby={described ? `${name}-more` : undefined}
            onClick={() => {
              if (disabledReason !== undefined) return;
              onClose();
              action.onSelect();
            }}
            style={{ color: inkOf(action), cursor: disabledReason === undefined ? 'pointer' : 'default' }}
          >
            {icon !== undefined && <Symbol>{icon}</Symbol>}
            {choice && icon === undefined && <Symbol>{selected === true && <CheckIcon />}</Symbol>}
            <Words data-detailed={detail === undefined ? undefined : ''}>
              <span id={name}>{label}</span>
              {described && (
                <small id={`${name}-more`}>
                  {detail !== undefined && <div>{detail}</div>}
                  {disabledReason !== undefined && <div>{disabledReason}</div>}
                </small>
              )}
            </Words>
            {choice && icon !== undefined && <Symbol>{selected === true && <CheckIcon />}</Symbol>}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
