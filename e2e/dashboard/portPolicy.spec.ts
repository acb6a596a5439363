import type { Page } from '@playwright/test';
import { violations } from '../axe.ts';
import { expect, mock, test } from './fixtures.ts';

const policy = (page: Page) => page.getByRole('group', { name: 'Port policy' });
const publicPorts = (page: Page) => policy(page).getByRole('switch', { name: 'Public ports' });
const organizationPorts = (page: Page) => policy(page).getByRole('switch', { name: 'Organization ports' });

test('forbidding public ports asks first, with every port that becomes private', async ({ page, open }) => {
  await open('/settings');
  await publicPorts(page).click();
  const dialog = page.getByRole('dialog', { name: 'Forbid public ports?' });
  await expect(dialog).toContainText('3 ports are public. They become private at once');
  await expect(dialog).toContainText('The owners are told.');
  await expect(dialog.getByRole('listitem')).toHaveText([
    /^8080 API of storefront\s*Ada Brandt$/,
    /^8080 of billing-api\s*Mei Tanaka$/,
    /^3000 Preview of preview-412\s*Jonas Weber$/,
  ]);
  await dialog.getByRole('button', { name: 'Forbid public ports' }).click();
  await expect(page.getByText('Public ports are forbidden now. 3 ports are private again.')).toBeVisible();
  await expect(publicPorts(page)).not.toBeChecked();
  await expect(policy(page)).toContainText('Owners can’t make ports public.');

  await page
    .getByRole('navigation', { name: 'Team pages' })
    .getByRole('link', { name: /^Ports/ })
    .click();
  await expect(page.getByText('4 shared ports')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Shares that ended' })).toContainText(
    'Port 8080 API of storefront is private again because the team stopped allowing public ports',
  );
});

test('nothing changes for whoever thinks better of it', async ({ page, open }) => {
  await open('/settings');
  await organizationPorts(page).click();
  const dialog = page.getByRole('dialog', { name: 'Forbid organization ports?' });
  await expect(dialog).toContainText('4 ports are shared with the organization.');
  await dialog.getByRole('button', { name: 'Keep allowed' }).click();
  await expect(dialog).toBeHidden();
  await expect(organizationPorts(page)).toBeChecked();
  await expect(organizationPorts(page)).toBeFocused();
});

test('private ports can’t be forbidden, and it says so', async ({ page, open }) => {
  await open('/settings');
  const privatePorts = policy(page).getByRole('switch', { name: 'Private ports' });
  await expect(privatePorts).toBeChecked();
  await expect(privatePorts).toBeDisabled();
  await expect(privatePorts).toHaveAccessibleDescription(/This can’t be forbidden/);
});

test.describe('under a policy that forbids public ports', () => {
  test.use({ scenario: 'ports-forbidden' });
  test('allowing them says that nothing is shared by itself', async ({ page, open }) => {
    await open('/settings');
    await expect(publicPorts(page)).toHaveAccessibleDescription(/Allowing it shares nothing by itself/);
    await publicPorts(page).click();
    await expect(page.getByText('Public ports are allowed now. Nothing is shared by itself.')).toBeVisible();
    await expect(publicPorts(page)).toBeChecked();
    await page
      .getByRole('navigation', { name: 'Team pages' })
      .getByRole('link', { name: /^Ports/ })
      .click();
    await expect(page.getByText('1 shared port')).toBeVisible();
  });
});

test.describe('while nothing is shared', () => {
  test.use({ scenario: 'empty' });
  test('forbidding a level says that nothing becomes private', async ({ page, open }) => {
    await open('/settings');
    await publicPorts(page).click();
    const dialog = page.getByRole('dialog', { name: 'Forbid public ports?' });
    await expect(dialog).toContainText('No port is public now.');
    await dialog.getByRole('button', { name: 'Forbid public ports' }).click();
    await expect(page.getByText('Public ports are forbidden now. None was shared.')).toBeVisible();
  });
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('the policy is read, not changed, and it says why', async ({ page, open }) => {
    await open('/settings');
    for (const level of [publicPorts(page), organizationPorts(page)]) {
      await expect(level).toBeChecked();
      await expect(level).toBeDisabled();
      await expect(level).toHaveAccessibleDescription(/Only admins of the team can change it\./);
    }
    await publicPorts(page).click({ force: true });
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

test('a policy that somebody else changed in the meantime is shown, and isn’t taken back', async ({
  page,
  open,
}) => {
  await open('/settings');
  await publicPorts(page).click();
  const dialog = page.getByRole('dialog', { name: 'Forbid public ports?' });
  await expect(dialog).toContainText('3 ports are public.');
  const control = mock(page);
  control.cutStream();
  await control.someoneChangesPolicy({ organization: false, public: true });
  await dialog.getByRole('button', { name: 'Forbid public ports' }).click();
  await expect(dialog).toBeHidden();
  await expect(policy(page)).toContainText(
    'Somebody changed the team in the meantime. Public ports are allowed, organization ports aren’t. Your change isn’t made.',
  );
  await expect(organizationPorts(page)).not.toBeChecked();
  control.mendStream();
  await policy(page).getByRole('button', { name: 'Forbid public ports' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forbid public ports' }).click();
  await expect(publicPorts(page)).not.toBeChecked();
  await expect(organizationPorts(page)).not.toBeChecked();
});

test('a new name of the team is in nobody’s way', async ({ page, open }) => {
  await open('/settings');
  await page.getByLabel('Name', { exact: true }).fill('Network team');
  await mock(page).someoneChangesPolicy({ organization: true, public: false });
  await expect(publicPorts(page)).not.toBeChecked();
  await page.getByRole('button', { name: 'Rename team' }).click();
  await expect(page.getByText('The team is called Network team now.')).toBeVisible();
  await expect(publicPorts(page)).not.toBeChecked();
});

test('without the list of what becomes private nothing can be confirmed', async ({ page, open }) => {
  await open('/settings');
  await expect(publicPorts(page)).toBeChecked();
  mock(page).setFaults('status=403&match=/ports');
  await publicPorts(page).click();
  const dialog = page.getByRole('dialog', { name: 'Forbid public ports?' });
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Forbid public ports' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Keep allowed' }).click();
  await expect(dialog).toBeHidden();
});

test('the policy and its question have no accessibility violation', async ({ page, open }) => {
  await open('/settings');
  await publicPorts(page).click();
  await expect(page.getByRole('dialog')).toContainText('3 ports are public.');
  expect(await violations(page)).toEqual([]);
});
