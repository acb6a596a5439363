import { expect, mock, test } from './fixtures.ts';
import { portsTab } from './portsTab.ts';
import { rowOf } from './table.ts';

test('a workspace without a replica says how to get one', async ({ page, open }) => {
  await open('/workspaces/docs/ports');
  await expect(page.getByRole('heading', { name: 'Join a replica to see the ports of docs' })).toBeVisible();
  await page.getByRole('link', { name: 'Join a replica' }).click();
  await expect(page.getByRole('heading', { name: 'Join the first replica' })).toBeVisible();
});

test.describe('in a small team', () => {
  test.use({ scenario: 'ports-many' });

  test('nothing that listens says what to do, and the first port appears by itself', async ({
    page,
    open,
  }) => {
    await open('/workspaces/billing-api/ports');
    const { table, row } = portsTab(page);
    await expect(row('8100')).toBeVisible();
    const control = mock(page);
    for (let port = 8100; port < 8160; port += 1) control.unlisten('billing-api-1', port);
    await expect(page.getByRole('heading', { name: 'Nothing listens in billing-api yet' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add port', exact: true })).toBeEnabled();
    control.listen('billing-api-1', 22, 'sshd');
    await expect(
      page.getByRole('heading', { name: 'What listens in billing-api is on the ignore list' }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Show 1 hidden port' }).click();
    await expect(row('22 SSH, ignored')).toBeVisible();
    control.listen('billing-api-1', 3000, 'node');
    await expect(rowOf(table, '3000')).toBeVisible();
  });

  test('a replica that is away says so', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    const { row } = portsTab(page);
    await expect(row('8100')).toBeVisible();
    const control = mock(page);
    for (let port = 8100; port < 8160; port += 1) control.unlisten('billing-api-1', port);
    await expect(page.getByRole('heading', { name: 'Nothing listens in billing-api yet' })).toBeVisible();
    control.replicaLeaves('billing-api-1');
    await expect(page.getByRole('heading', { name: 'No replica of billing-api is connected' })).toBeVisible();
  });

  test('sixty ports are all there', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    await expect(page.getByText('60 ports', { exact: true })).toBeVisible();
    await expect(portsTab(page).row('8159')).toBeVisible();
  });
});

test.describe('while the ports load', () => {
  test.use({ faults: 'hold=1&match=/ports' });
  test('the table is there without its rows, and then with them', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { table, row } = portsTab(page);
    await expect(table).toHaveAttribute('aria-busy', 'true');
    mock(page).setFaults('');
    await expect(row('3000')).toBeVisible();
    await expect(table).toHaveAttribute('aria-busy', 'false');
  });
});

test.describe('when the ports can’t be loaded', () => {
  test.use({ faults: 'status=503&match=/ports' });
  test('it says so, and a retry brings them', async ({ page, context, open }) => {
    await open('/workspaces/storefront/ports');
    await expect(page.getByRole('heading', { name: 'The ports can’t be loaded' })).toBeVisible();
    await context.clearCookies({ name: '__fault' });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(portsTab(page).row('3000')).toBeVisible();
  });
});

test('a devcontainer.json that can’t be read is named, until it can', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  await expect(portsTab(page).table).toBeVisible();
  const problemText = '.devcontainer/devcontainer.json, line 3, column 18: a comma is expected.';
  const control = mock(page);
  control.declarePorts('storefront-1', { problem: problemText });
  const problem = page.getByRole('status').filter({ hasText: problemText });
  await expect(problem).toBeVisible();
  control.declarePorts('storefront-1', {});
  await expect(problem).toBeHidden();
});

test.describe('on a server without a ports domain', () => {
  test.use({ scenario: 'no-ports-domain' });
  test('it says what the operator has to set, and has no button that can’t work', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    await expect(page.getByText('CULVERT_PORTS_DOMAIN')).toBeVisible();
    const { row } = portsTab(page);
    await expect(row('3000')).toContainText('Listening');
    await expect(page.getByRole('button', { name: /^Forward|^Add port/ })).toHaveCount(0);
  });
});

test.describe('several shares that ended', () => {
  test.use({ scenario: 'ports-ended' });
  test('are listed together, each with its reason and its way back', async ({ page, open }) => {
    await open('/workspaces/billing-api/ports');
    const notices = page.getByRole('list', { name: 'Ports that are private again' });
    await expect(notices.getByRole('listitem')).toHaveText([
      /^Port 3000 is private again because the workspace restarted/,
      /^Port 5173 is private again because it was stopped and added again/,
      /^Port 8080 is private again because it was switched to HTTPS/,
      /^Port 9000 is private again because the team stopped allowing public ports/,
    ]);
    const vite = notices.getByRole('listitem').filter({ hasText: 'Port 5173' });
    await vite.getByRole('button', { name: 'Share with the team again' }).click();
    await expect(vite).toBeHidden();
    await expect(portsTab(page).visibility(5173)).toHaveText('Organization');
  });
});

test.describe('by keyboard', () => {
  test('a visibility is changed and the focus stays on it', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { visibility } = portsTab(page);
    await visibility(3000).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio', { name: 'Private', exact: true })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(visibility(3000)).toHaveText('Organization');
    await expect(visibility(3000)).toBeFocused();
  });
});

for (const width of [768, 1024, 1280])
  test(`beside the side bar at ${width} pixels, everything fits whatever the labels`, async ({
    page,
    open,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await open('/workspaces/storefront/ports');
    const { row } = portsTab(page);
    await expect(row('3000')).toBeVisible();
    const label = 'x'.repeat(60);
    await mock(page).someoneChangesPort('ada', 'storefront', 3000, { label });
    await expect(row(`3000 ${label}`)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
