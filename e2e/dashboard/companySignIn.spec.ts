import type { SignInProvider, SignInSettings } from '../../contract/signInProviders.ts';
import { expect, mock, test } from './fixtures.ts';

test.describe('signed out', () => {
  test.use({ scenario: 'company-signed-out' });

  test('signing in leaves for the provider, and says so where that can’t begin', async ({ page }) => {
    await page.route('https://login.example.com/**', (route) => route.fulfill({ body: 'The provider' }));
    await page.goto('/sign-in?problem=not_admitted');
    await expect(page.getByRole('alert')).toContainText('your email’s domain isn’t admitted');
    await expect(page.getByText('passwords are turned off')).toBeVisible();
    mock(page).setFaults('net=1&match=/start&times=1');
    const button = page.getByRole('button', { name: 'Sign in with Example login' });
    await button.click();
    await expect(page.getByText(/can’t be reached/)).toBeVisible();
    await button.click();
    await expect(page).toHaveURL(/^https:\/\/login\.example\.com\/authorize\?.*code_challenge_method=S256/);
  });

  test('an invitation is accepted with the provider alone where passwords are off', async ({ page }) => {
    await page.route('https://login.example.com/**', (route) => route.fulfill({ body: 'The provider' }));
    const links = mock(page).links;
    await page.goto(links['invitation'] ?? '');
    const join = page.getByRole('button', { name: 'Join with Example login' });
    await expect(join).toBeVisible();
    await expect(page.getByLabel('Password')).toBeHidden();
    await join.click();
    await expect(page).toHaveURL(/^https:\/\/login\.example\.com\/authorize\?/);
    expect(page.url()).not.toContain('culv_invitation');
  });
});

test.describe('as an admin', () => {
  test.use({ scenario: 'company-sign-in' });

  test('what somebody else saved meanwhile is shown, and nobody’s settings are lost unseen', async ({
    page,
    open,
    teamId,
  }) => {
    await open('/settings/sign-in');
    await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await page.evaluate(async (path) => {
      const { provider }: SignInSettings = await (await fetch(path)).json();
      const headers = { 'content-type': 'application/json', 'if-match': `"${provider?.revision}"` };
      const body = JSON.stringify({ ...provider, name: 'Theirs' });
      await fetch(path, { method: 'PUT', headers, body });
    }, `/api/v1/teams/${teamId}/sign-in-provider`);
    await page.getByRole('button', { name: 'Save sign-in' }).click();
    await expect(
      page.getByText(/Ada Brandt saved these settings while you were editing them: Theirs/),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await expect(page.getByText('Mine: saved.')).toBeVisible();
    const saved: SignInProvider = await page.evaluate(
      async (path) => (await (await fetch(path)).json()).provider,
      `/api/v1/teams/${teamId}/sign-in-provider`,
    );
    expect([saved.name, saved.revision]).toEqual(['Mine', 4]);
  });

  test('a linked provider is unlinked after asking, and offered again', async ({ page }) => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Unlink Example login' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlink Example login?' });
    await dialog.getByRole('button', { name: 'Unlink' }).click();
    await expect(page.getByRole('button', { name: 'Link Example login' })).toBeVisible();
  });
});
