import { password, people } from '../../mocks/world/people.ts';
import { expect, mock, test } from './fixtures.ts';

test.use({ scenario: 'signed-out' });

test('signing in leads to where one was going', async ({ page, open }) => {
  await open('/members');
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await page.getByLabel('Email').fill(people.ada.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
});

test('signing in works with the keyboard alone', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Email').focus();
  await page.keyboard.type(people.ada.email);
  await page.getByLabel('Password', { exact: true }).focus();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
});

test('a wrong password is refused without saying which of the two is wrong', async ({ page }) => {
  await page.goto('/sign-in');
  for (const email of [people.ada.email, 'nobody@example.com']) {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText('The email or the password is not right.');
  }
  await expect(page.getByLabel('Email')).toHaveValue('nobody@example.com');
});

test('what is missing is said at the field', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(
    'Enter an email address, such as ada@example.com.',
  );
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    'Enter your password.',
  );
  await expect(page.getByLabel('Email')).toBeFocused();
});

test('after many wrong passwords it says when to try again', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(people.ada.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  const submit = page.getByRole('button', { name: 'Sign in' });
  const blocked = page.getByText(/Too many attempts/);
  await expect(async () => {
    await submit.click({ timeout: 500 });
    await expect(blocked).toBeVisible({ timeout: 500 });
  }).toPass();
});

test('a slow server shows that it works on it', async ({ page }) => {
  await page.goto('/sign-in');
  mock(page).setFaults('hold=1&match=/session&method=POST');
  await page.getByLabel('Email').fill(people.ada.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  const submit = page.getByRole('button', { name: 'Sign in' });
  await submit.click();
  await expect(submit).toBeDisabled();
  mock(page).setFaults('');
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
});

test('a server that can’t be reached is said, and what was typed stays', async ({ page }) => {
  await page.goto('/sign-in');
  mock(page).setFaults('net=1&match=/session&method=POST&times=1');
  await page.getByLabel('Email').fill(people.ada.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('can’t be reached');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
});

test('the password can be shown', async ({ page }) => {
  await page.goto('/sign-in');
  const field = page.getByLabel('Password', { exact: true });
  await expect(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(field).toHaveAttribute('type', 'text');
});

test('an address of another site isn’t followed after signing in', async ({ page, play }) => {
  await page.goto('/sign-in?to=//example.com/');
  await page.getByLabel('Email').fill(people.ada.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
  expect(page.url().startsWith(play.url)).toBe(true);
});
