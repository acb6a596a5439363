import { expect, mock, test } from './fixtures.ts';
import { portsTab } from './portsTab.ts';
import { cellOf } from './table.ts';

const onlyOwner = /^Only the owner of the workspace can/;

test.describe('an admin at somebody else’s workspace', () => {
  test('sees every port, may tighten and stop, and may not open or change', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    const { table, visibility, choose } = portsTab(page);
    await expect(await cellOf(table, '3000 Web', 'Process')).toHaveText('node');
    const add = page.getByRole('button', { name: 'Add port', exact: true });
    await expect(add).toBeDisabled();
    await expect(add).toHaveAccessibleDescription(onlyOwner);

    await visibility(3000).click();
    const item = (name: string) => page.getByRole('menuitemradio', { name, exact: true });
    await expect(item('Public')).toBeDisabled();
    await expect(item('Public')).toHaveAccessibleDescription(
      /Only the owner of the workspace can share its ports\./,
    );
    await expect(item('Private')).toHaveAccessibleDescription(/^Only Mei Tanaka, after signing in\./);
    await page.keyboard.press('Escape');

    await table.getByRole('button', { name: 'Actions for port 3000' }).click();
    for (const name of ['Edit label', 'Switch to HTTPS']) {
      await expect(page.getByRole('menuitem', { name, exact: true })).toBeDisabled();
      await expect(page.getByRole('menuitem', { name, exact: true })).toHaveAccessibleDescription(onlyOwner);
    }
    await expect(page.getByRole('menuitem', { name: 'Stop forwarding', exact: true })).toBeEnabled();
    await page.keyboard.press('Escape');

    await choose(3000, 'private');
    await expect(visibility(3000)).toHaveText('Private');
  });

  test('isn’t asked about shares that ended: the owner is', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    const { visibility } = portsTab(page);
    await expect(visibility(8080)).toHaveText('Public');
    await mock(page).restart('billing-api-1');
    await expect(visibility(8080)).toHaveText('Private');
    await expect(page.getByText('is private again because')).toBeHidden();
  });

  test('is told by a link that only the owner may follow', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports?port=3000&protocol=https');
    await expect(page.getByText(onlyOwner).and(page.locator(':not([role=tooltip])')).first()).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

test.describe('a member at somebody else’s workspace', () => {
  test.use({ scenario: 'member' });

  test('sees what is shared with them, and that there may be more', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { table, row } = portsTab(page);
    await expect(await cellOf(table, '5173 Vite', 'Visibility')).toHaveText('Organization');
    await expect(await cellOf(table, '8080 API', 'Visibility')).toHaveText('Public');
    await expect(row('3000')).toBeHidden();
    await expect(page.getByText('2 ports', { exact: true })).toBeVisible();
    await expect(page.getByText('You see the ports that are shared with you.')).toBeVisible();
    await expect(table.getByRole('columnheader', { name: 'Process' })).toBeHidden();
    await expect(table.getByRole('checkbox')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Add port', exact: true })).toBeHidden();
    await row('8080 API').getByRole('button', { name: 'Actions for port 8080' }).click();
    await expect(page.getByRole('menuitem')).toHaveText(['Copy address', 'Copy command for your machine']);
  });

  test('sees a port go when it becomes private', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { row } = portsTab(page);
    await expect(row('8080 API')).toBeVisible();
    const control = mock(page);
    await control.someoneChangesPort('ada', 'storefront', 8080, { visibility: 'private' });
    await expect(row('8080 API')).toBeHidden();
    await control.someoneChangesPort('ada', 'storefront', 5173, { visibility: 'private' });
    await expect(
      page.getByRole('heading', { name: 'No port of storefront is shared with you' }),
    ).toBeVisible();
  });

  test('has every right over the ports of their own workspace', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    const { visibility, choose } = portsTab(page);
    await expect(page.getByRole('button', { name: 'Add port', exact: true })).toBeEnabled();
    await choose(3000, 'private');
    await expect(visibility(3000)).toHaveText('Private');
  });
});

test.describe('under a policy that forbids public ports', () => {
  test.use({ scenario: 'ports-forbidden' });

  test('public can’t be chosen, and says why', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    const { visibility } = portsTab(page);
    await visibility(4000).click();
    const item = page.getByRole('menuitemradio', { name: 'Public', exact: true });
    await expect(item).toBeDisabled();
    await expect(item).toHaveAccessibleDescription(
      /The team doesn’t allow public ports\. Admins can change that in Settings\./,
    );
  });

  test('what the policy ended can’t be shared again until it allows that, without a reload', async ({
    page,
    open,
  }) => {
    await open('/workspaces/billing-api/ports');
    const notice = page.getByRole('listitem').filter({ hasText: 'Port 9000 is private again' });
    await expect(notice).toContainText('the team stopped allowing public ports');
    const share = notice.getByRole('button', { name: 'Share publicly again' });
    await expect(share).toBeDisabled();
    await expect(share).toHaveAccessibleDescription(/The team doesn’t allow public ports/);
    await mock(page).someoneChangesPolicy({ organization: true, public: true });
    await expect(share).toBeEnabled();
    await share.click();
    await expect(notice).toBeHidden();
    await expect(portsTab(page).visibility(9000)).toHaveText('Public');
  });
});
