import { expect, mock, test } from './fixtures.ts';
import { portsTab } from './portsTab.ts';
import { cellOf } from './table.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a workspace opens with its ports: what listens, where it is reached, and by whom', async ({
  page,
  open,
}) => {
  await open('/workspaces');
  await page.getByRole('link', { name: 'storefront', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'storefront' })).toBeVisible();
  const tabs = page.getByRole('navigation', { name: 'storefront' }).getByRole('link');
  await expect(tabs).toHaveText(['Ports', 'VPNs', 'Replicas', 'Settings']);
  await expect(tabs.first()).toHaveAttribute('aria-current', 'page');
  const { table } = portsTab(page);
  await expect(page.getByText('5 ports · 2 hidden by the ignore list')).toBeVisible();
  await expect(await cellOf(table, '8080 API', 'Status')).toHaveText('Listening');
  await expect(await cellOf(table, '8080 API', 'Visibility')).toHaveText('Public');
  await expect(await cellOf(table, '8080 API', 'Process')).toHaveText('java');
  await expect(await cellOf(table, '8080 API', 'Origin')).toHaveText('Auto');
  await expect(await cellOf(table, '5173 Vite', 'Origin')).toHaveText('devcontainer');
  await expect(await cellOf(table, '5173 Vite', 'Visibility')).toHaveText('Organization');
  await expect(await cellOf(table, '8443 Admin', 'Origin')).toHaveText('Manual');
  await expect(await cellOf(table, '8443 Admin', 'Status')).toHaveText('Not listening');
  await expect(await cellOf(table, '9229', 'Visibility')).toHaveText('Not forwarded');
  await expect(await cellOf(table, '9229', 'Process')).toHaveText('node in storefront-1');
});

test('what the ignore list hides is shown when asked for, and the address says so', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { table, row } = portsTab(page);
  const database = row('5432 Database, ignored');
  await expect(row('3000')).toBeVisible();
  await expect(database).toBeHidden();
  await page.getByRole('button', { name: 'Show ports on the ignore list' }).click();
  await expect(database).toBeVisible();
  await expect(page).toHaveURL(/[?&]ignored=shown/);
  await expect(await cellOf(table, '22 SSH, ignored', 'Process')).toHaveText('sshd');
  await page.reload();
  await expect(database).toBeVisible();
  await page.getByRole('button', { name: 'Hide ports on the ignore list' }).click();
  await expect(database).toBeHidden();
});

test('an address opens in a new tab that can’t reach back, and can be copied with its scheme', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { row } = portsTab(page);
  const link = row('8080 API').getByRole('link', { name: /^[a-z2-7]{10}\.localhost(:\d+)?$/ });
  const url = await link.getAttribute('href');
  expect(url).toBe(`http://${await link.innerText()}`);
  for (const opener of [link, row('8080 API').getByRole('link', { name: 'Open port 8080 in a new tab' })]) {
    await expect(opener).toHaveAttribute('href', url ?? '');
    await expect(opener).toHaveAttribute('target', '_blank');
    await expect(opener).toHaveAttribute('rel', 'noopener');
  }
  await row('8080 API').getByRole('button', { name: 'Copy the address of port 8080' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
});

test('the address can be copied from the menu too, and the command that opens the port here', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { row, act } = portsTab(page);
  const url = await row('5173 Vite').getByRole('link').first().getAttribute('href');
  await act(5173, 'Copy address');
  await expect(page.getByText('The address of port 5173 is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  await act(5173, 'Copy command for your machine');
  await expect(page.getByText('The command that opens port 5173 on your machine is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'culvert ports forward 5173 --workspace storefront',
  );
});

test('the menu says who each visibility lets in, and whom a tighter one cuts off', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { visibility } = portsTab(page);
  await visibility(8080).click();
  const item = (name: string) => page.getByRole('menuitemradio', { name, exact: true });
  await expect(item('Public')).toBeChecked();
  await expect(item('Public')).toHaveAccessibleDescription(
    'Anyone on the internet. No sign-in. Goes back to private when the workspace restarts.',
  );
  await expect(item('Organization')).toHaveAccessibleDescription(
    /^The \d+ members of Platform team, after signing in\. Ends access for people outside the team/,
  );
  await expect(item('Private')).toHaveAccessibleDescription(
    /^Only you, after signing in\. Ends access for everybody else: what they have open is cut off\.$/,
  );
});

test('sharing with the team takes effect at once, and says with whom', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { visibility, choose } = portsTab(page);
  await choose(3000, 'organization');
  await expect(visibility(3000)).toHaveText('Organization');
  await expect(
    page.getByText(/^Port 3000 can be opened by the \d+ members of Platform team\.$/),
  ).toBeVisible();
});

test('a tighter visibility needs no confirmation, and says who has lost access', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { visibility, choose } = portsTab(page);
  await choose(8080, 'private');
  await expect(visibility(8080)).toHaveText('Private');
  await expect(page.getByText('Port 8080 is private. Access has ended for everybody else.')).toBeVisible();
});

test('making a port public asks first: who will see it, without signing in, and what ends it', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { row, visibility, choose, dialog } = portsTab(page);
  const address = await row('3000').getByRole('link').first().innerText();
  await choose(3000, 'public');
  const asks = dialog('Make port 3000 public?');
  await expect(asks).toContainText(`Anyone on the internet will reach ${address} without signing in.`);
  await expect(asks).toContainText(
    'It goes back to private when the workspace restarts or the port is removed.',
  );
  await asks.getByRole('button', { name: 'Keep private' }).click();
  await expect(asks).toBeHidden();
  await expect(visibility(3000)).toHaveText('Private');

  await choose(3000, 'public');
  await asks.getByRole('button', { name: 'Make public' }).click();
  await expect(asks).toBeHidden();
  await expect(visibility(3000)).toHaveText('Public');
  await expect(page.getByText('Port 3000 is public: anyone with its address can open it.')).toBeVisible();
});

test('a port that only listens is forwarded from its row, privately, and its row has the focus', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { row, visibility } = portsTab(page);
  await page.getByRole('button', { name: 'Forward port 9229', exact: true }).click();
  await expect(visibility(9229)).toHaveText('Private');
  await expect(row('9229').getByRole('link').first()).toHaveText(/\.localhost/);
  await expect(row('9229').getByRole('cell', { name: '9229', exact: true }).locator(':focus')).toHaveCount(1);
});

test('what the server refuses is said under the row, once, until it is put aside', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { table, visibility, choose } = portsTab(page);
  await expect(visibility(3000)).toBeVisible();
  mock(page).setFaults('status=503&match=/ports/3000');
  await choose(3000, 'organization');
  const alert = table.getByRole('alert');
  await expect(alert).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(visibility(3000)).toHaveText('Private');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toBeHidden();
});
