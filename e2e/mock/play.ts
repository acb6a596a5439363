import type { BrowserContext, Page } from '@playwright/test';
import type { MockControl } from '../../mocks/page/control.ts';
import type { Play } from './server.ts';

const plays = new WeakMap<BrowserContext, Play>();

/** Shows the play to a browser: its faults from the first request on, and whoever is signed in where it starts. */
export async function show(context: BrowserContext, play: Play, faults = ''): Promise<void> {
  plays.set(context, play);
  // Chromium sends a Secure cookie to this machine over http too, but takes it only by an address with https.
  const url = play.url.replace('http:', 'https:');
  await context.addCookies([
    ...play.cookies.map((cookie) => ({ ...cookie, url, secure: true, httpOnly: true })),
    ...(faults === '' ? [] : [{ name: '__fault', value: encodeURIComponent(faults), url }]),
  ]);
}

/** Lets something happen outside the page: `await mock(page).replicaReturns('reports-1')`. */
export function mock(page: Page): MockControl {
  const play = plays.get(page.context());
  if (play === undefined) throw new Error('No play is shown to this browser.');
  return play.control;
}
