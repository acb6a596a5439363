import { browserName } from '../../server/session/browserName.ts';
import { sessionCookieName } from '../../server/session/sessionCookie.ts';
import { issueToken } from '../../server/session/tokens.ts';
import type { Browser } from './browser.ts';
import type { World } from './world.ts';

/**
 * Leaves what a sign-in leaves: a session, and its cookie in the browser. A scenario’s history has dozens of them, and the way
 * through the form would take a third of the time that the scenario does.
 */
export async function openSession(
  { deps: { db, clock, settings } }: Pick<World, 'deps'>,
  browser: Browser,
  email: string,
): Promise<void> {
  const user = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  const session = await issueToken(db, clock, {
    kind: 'session',
    userId: user.id,
    name: browserName(navigator.userAgent),
    idleMs: settings.sessionIdleMs,
    lifetimeMs: settings.sessionAbsoluteMs,
  });
  browser.jar.store(`${sessionCookieName(settings)}=${session.text}`, clock.now());
}
