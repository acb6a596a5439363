import type { ReactNode } from 'react';

export type MenuAction = {
  label: string;
  icon?: ReactNode;
  /** What it leads to, in a sentence under its name. */
  detail?: string | undefined;
  onSelect: () => void;
  /** Where labels repeat. */
  key?: string;
  destructive?: boolean;
  /** In a menu that chooses one of several: whether it is this one. */
  selected?: boolean;
  /** Why it can’t be done now; the action stays visible and says so. */
  disabledReason?: string | undefined;
};
