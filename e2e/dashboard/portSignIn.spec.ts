import type { Page } from '@playwright/test';
import { password, people } from '../../mocks/world/people.ts';
import { expect, test } from './fixtures.ts';

/** The page of the server that signing in at a port goes on to, and that the dashboard’s router doesn’t know. */
const handshake = `/port-auth?port=k3v9q2xa7m&flow=abcdefgh&challenge=${'c'.repeat(43)}`;
const signIn = `/sign-in?${new URLSearchParams({ to: handshake })}`;

/** The browser asks the server for that page, instead of having the dashboard show another one of its own. */
const askForIt = (page: Page) =>
  page.waitForRequest((request) => request.isNavigationRequest() && request.url().endsWith(handshake));

test.describe('for somebody who isn’t signed in', () => {
  test.use({ scenario: 'signed-out' });

  test('signing in at a port goes on to the server’s page', async ({ page, play }) => {
    await page.goto(signIn);
    await expect(page.getByText('To open k3v9q2xa7m.localhost, sign in.')).toBeVisible();
    await page.getByLabel('Email').fill(people.ada.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    const asked = askForIt(page);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect((await asked).url()).toBe(`${play.url}${handshake}`);
  });
});

test('somebody who is signed in already is sent on to the server’s page at once', async ({ page, play }) => {
  const asked = askForIt(page);
  await page.goto(signIn);
  expect((await asked).url()).toBe(`${play.url}${handshake}`);
});
