import { expect, mock, test } from './fixtures.ts';

const menuOf = (name: string) => `Actions for ${name}`;

test('the members are listed with their roles', async ({ page, open }) => {
  await open('/members');
  const table = page.getByRole('table', { name: 'Members' });
  await expect(table.getByRole('row', { name: /Ada Brandt/ })).toContainText('(you)');
  await expect(table.getByRole('row', { name: /Tomás Ruiz/ })).toContainText('admin');
  await expect(table.getByRole('row', { name: /Mei Tanaka/ })).toContainText('member');
  await expect(page.getByText('4 members')).toBeVisible();
});

test('an invitation is made, shown once, and can be withdrawn', async ({ page, open }) => {
  await open('/members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite to Platform team' });
  await dialog.getByRole('radio', { name: 'Admin' }).check();
  await dialog.getByLabel('Email (optional)').fill('grace@example.com');
  await dialog.getByRole('button', { name: 'Make invitation link' }).click();
  const made = page.getByRole('dialog', { name: 'Invitation to Platform team' });
  await expect(made.getByLabel('the invitation link', { exact: true })).toContainText(
    '/invitation#culv_invitation_',
  );
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('table', { name: 'Open invitations' })).toContainText('grace@example.com');
  await page.getByRole('button', { name: menuOf('the invitation of grace@example.com') }).click();
  await page.getByRole('menuitem', { name: 'Withdraw' }).click();
  await page.getByRole('button', { name: 'Withdraw invitation' }).click();
  await expect(page.getByText('The invitation is withdrawn; its link no longer works.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Open invitations' })).toBeHidden();
});

test('a role is changed with its consequence said', async ({ page, open }) => {
  await open('/members');
  await page.getByRole('button', { name: menuOf('Mei Tanaka') }).click();
  await page.getByRole('menuitem', { name: 'Make an admin' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make Mei Tanaka an admin?' });
  await dialog.getByRole('button', { name: 'Make an admin' }).click();
  await expect(page.getByText('Mei Tanaka is an admin now.')).toBeVisible();
  await expect(page.getByRole('row', { name: /Mei Tanaka/ })).toContainText('admin');
});

test('a member is removed', async ({ page, open }) => {
  await open('/members');
  await page.getByRole('button', { name: menuOf('Jonas Weber') }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Jonas Weber from Platform team?' });
  await dialog.getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByText('Jonas Weber is no longer in the team.')).toBeVisible();
  await expect(page.getByText('3 members')).toBeVisible();
});

test.describe('the last admin', () => {
  test.use({ scenario: 'empty' });
  test('can neither leave nor become a member, and it says why', async ({ page, open }) => {
    await open('/members');
    await page.getByRole('button', { name: menuOf('Ada Brandt') }).click();
    for (const name of [/^Make a member/, /^Leave the team/]) {
      const item = page.getByRole('menuitem', { name });
      await expect(item).toBeDisabled();
      await expect(item).toContainText(/admin/);
    }
  });
});

test('a link for a new password is made for a member', async ({ page, open }) => {
  await open('/members');
  await page.getByRole('button', { name: menuOf('Mei Tanaka') }).click();
  await page.getByRole('menuitem', { name: 'Make a password link' }).click();
  await page.getByRole('button', { name: 'Make password link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Password link for Mei Tanaka' });
  await expect(dialog).toContainText('/reset-password#culv_reset_');
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('inviting is for admins, and it says so', async ({ page, open }) => {
    await open('/members');
    const invite = page.getByRole('button', { name: 'Invite' });
    await expect(invite).toBeDisabled();
    await expect(invite).toHaveAccessibleDescription('Only admins of the team can manage its members.');
  });
  test('the team can’t be renamed, and it says why', async ({ page, open }) => {
    await open('/settings');
    await expect(page.getByRole('button', { name: 'Rename team' })).toHaveAccessibleDescription(
      'Only admins of the team can change it.',
    );
  });
});

test('the activity says who did what, newest first, and can be searched', async ({ page, open }) => {
  await open('/activity');
  const activity = page.getByRole('main');
  await expect(activity).toContainText('Tomás Ruiz');
  await page.getByRole('searchbox').fill('Warehouse');
  await expect(activity).toContainText('Warehouse database');
  await expect(activity).not.toContainText('Berlin office');
  await expect(page).toHaveURL(/search=Warehouse/);
});

test('the activity of one VPN is on its own tab', async ({ page, open }) => {
  await open('/vpns/Warehouse%20database/activity');
  await expect(page.getByRole('main')).toContainText('Tomás Ruiz');
  await expect(page.getByRole('main')).not.toContainText('Berlin office');
});

test('what happens shows up in the activity by itself', async ({ page, open }) => {
  await open('/activity');
  await expect(page.getByRole('main')).toContainText('Tomás Ruiz');
  await expect(page.getByRole('main')).not.toContainText('Deleted');
  await mock(page).someoneDeletesVpn('Staging gateway');
  await expect(page.getByRole('main')).toContainText(/Deleted .*Staging gateway/);
});

test('the team is renamed', async ({ page, open }) => {
  await open('/settings');
  await page.getByLabel('Name', { exact: true }).fill('Network team');
  await page.getByRole('button', { name: 'Rename team' }).click();
  await expect(page.getByText('The team is called Network team now.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Team: Network team' })).toBeVisible();
});

test('an API token is made, shown once, and revoked', async ({ page, open }) => {
  await open('/settings');
  await page.getByRole('button', { name: 'Create API token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create an API token' });
  await dialog.getByRole('button', { name: 'Create API token' }).click();
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription('Enter a name.');
  await dialog.getByLabel('Name').fill('nightly deploys');
  await dialog.getByLabel('Ends after').selectOption({ label: '30 days' });
  await dialog.getByRole('button', { name: 'Create API token' }).click();
  const made = page.getByRole('dialog', { name: 'API token nightly deploys' });
  await expect(made.getByLabel('the API token', { exact: true })).toContainText('culv_api_');
  await made.getByRole('button', { name: 'Done' }).click();
  const table = page.getByRole('table', { name: 'API tokens' });
  await expect(table).toContainText('nightly deploys');
  await page.getByRole('button', { name: menuOf('nightly deploys') }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByText('The token nightly deploys no longer works.')).toBeVisible();
  await expect(page.getByText('No API token yet')).toBeVisible();
});
