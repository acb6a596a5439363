import type { ServerSettings } from '../deps.ts';

export const CALLBACK_PATH = '/api/v1/sign-in/callback';

/** Where providers send people back to. It is compared letter for letter, so it is always the public one. */
export const redirectUri = ({ publicUrl }: Pick<ServerSettings, 'publicUrl'>): string =>
  `${publicUrl}${CALLBACK_PATH}`;
