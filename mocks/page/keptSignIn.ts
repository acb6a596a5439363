import type { Session } from '../../contract/session.ts';
import type { Browser } from '../world/browser.ts';
import { people } from '../world/people.ts';

const changesWhoIsSignedIn = /^\/api\/v1\/(sessions?|setup|invitations\/accept|password-resets\/accept)$/;

/**
 * Keeps in the tab who is signed in. The cookie itself is gone with the page's memory, so that whoever is named here is
 * signed in again on the next load; somebody the scenario doesn't know is signed out.
 */
export async function keepSignIn(request: Request, browser: Browser, tab: Storage): Promise<void> {
  if (request.method === 'GET' || !changesWhoIsSignedIn.test(new URL(request.url).pathname)) return;
  const { user }: Session = await browser.json('GET', '/api/v1/session');
  const person = Object.entries(people).find(([, { email }]) => email === user?.email);
  tab.setItem('culvert-as', person?.[0] ?? 'nobody');
}
