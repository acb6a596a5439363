import { lazy, Suspense, useId, useState, type MouseEvent, type ReactNode } from 'react';
import type { MenuAction } from './action.ts';
import type { Placement } from './ActionMenu.tsx';

const load = () => import('./ActionMenu.tsx');
const ActionMenu = lazy(load);

type MenuSettings = { actions: readonly MenuAction[]; header?: ReactNode; placement?: Placement };

/**
 * A menu and what opens it: spread `trigger` onto a button with words or a label of its own, and render `menu` beside it.
 */
export function useMenu({ actions, header, placement = 'below' }: MenuSettings) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asked, setAsked] = useState(false);
  const id = useId();
  const open = anchor !== null;
  return {
    trigger: {
      'aria-haspopup': 'menu',
      'aria-expanded': open,
      'aria-controls': open ? id : undefined,
      onPointerEnter: () => void load(),
      onFocus: () => void load(),
      onClick: (event: MouseEvent<HTMLElement>) => {
        setAsked(true);
        setAnchor(event.currentTarget);
      },
    } as const,
    menu: asked && (
      <Suspense>
        <ActionMenu
          id={id}
          anchor={anchor}
          onClose={() => setAnchor(null)}
          actions={actions}
          header={header}
          placement={placement}
        />
      </Suspense>
    ),
  };
}
