import type { Permission } from '../../contract/permissions.ts';

/** For `disabledReason` of buttons and menu items. */
export const reasonOf = (permission: Permission): string | undefined =>
  permission.allowed ? undefined : permission.reason;
