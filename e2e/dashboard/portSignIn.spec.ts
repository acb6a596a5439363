import type { Page } from '@playwright/test';
import { password, people } from '../../mocks/world/people.ts';
import { expect, test } from './fixtures.ts';

/** The page of the server that signing in at a port goes on to, and that the dashboard’s router doesn’t know. */
const handshake = `/port-auth?port=k3v9q2xa7m&flow=abcdefgh&challenge=${'c'.repeat(43)}`;
const signIn = `/sign-in?${new URLSearchParams({ to: handshake })}`;

/** The browser gets that page of the server, instead of having the dashboard show another one of its own. */
async function expectHandshake(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'A page of the server' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/port-auth');
}

test.beforeEach(async ({ page, play }) => {
  await page.route(`${play.url}${handshake}`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><link rel=icon href=data:,><h1>A page of the server</h1>',
    }),
  );
});

test.describe('for somebody who isn’t signed in', () => {
  test.use({ scenario: 'signed-out' });

  test('signing in at a port goes on to the server’s page', async ({ page }) => {
    await page.goto(signIn);
    await expect(page.getByText('To open k3v9q2xa7m.localhost, sign in.')).toBeVisible();
    await page.getByLabel('Email').fill(people.ada.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectHandshake(page);
  });
});

test('somebody who is signed in already is sent on to the server’s page at once', async ({ page }) => {
  await page.goto(signIn);
  await expectHandshake(page);
});
