import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { ServerSettings } from '../deps.ts';

/**
 * Cookies aren’t separated by port, so the name carries the installation: two servers on one host don’t overwrite each
 * other’s. `__Host-Http-` can be set by no script and only with Secure, which browsers accept on loopback over http.
 */
export const sessionCookieName = (settings: Pick<ServerSettings, 'installationId'>): string =>
  `__Host-Http-culvert-${settings.installationId}`;

const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/** Hands the browser its session until `expiresAt`, the absolute end; the idle limit is the server’s to keep. */
export function setSessionCookie(
  c: Context,
  settings: ServerSettings,
  token: string,
  expiresAt: string,
): void {
  setCookie(c, sessionCookieName(settings), token, { ...attributes, expires: new Date(expiresAt) });
}

export function clearSessionCookie(c: Context, settings: ServerSettings): void {
  deleteCookie(c, sessionCookieName(settings), attributes);
}
