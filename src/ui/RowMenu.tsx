import IconButton from '@mui/material/IconButton';
import { MoreIcon } from './icons.tsx';
import type { MenuAction } from './menu/action.ts';
import { useMenu } from './menu/useMenu.tsx';

/** The actions of one row, behind three dots. `label` names the row: “Actions for Berlin office”. */
export function RowMenu({ label, actions }: { label: string; actions: readonly MenuAction[] }) {
  const { trigger, menu } = useMenu({ actions, placement: 'below-end' });
  return (
    <>
      <IconButton {...trigger} aria-label={label}>
        <MoreIcon />
      </IconButton>
      {menu}
    </>
  );
}
