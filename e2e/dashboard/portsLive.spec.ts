import { expect, mock, test } from './fixtures.ts';
import { portsTab } from './portsTab.ts';
import { cellOf } from './table.ts';

test('a process that starts and one that ends show without a reload', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { table, row } = portsTab(page);
  await expect(row('3000')).toBeVisible();
  const control = mock(page);
  control.listen('storefront-2', 4321, 'astro');
  await expect(await cellOf(table, '4321', 'Process')).toHaveText('astro in storefront-2');
  control.unlisten('storefront-2', 4321);
  await expect(row('4321')).toBeHidden();
  for (const number of [1, 2, 3, 4]) control.unlisten(`storefront-${number}`, 8080);
  await expect(await cellOf(table, '8080 API', 'Status')).toHaveText('Not listening');
});

test('rows that come and go close no open menu, and take neither focus nor selection', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { row, select, visibility } = portsTab(page);
  await select(8080).check();
  await visibility(5173).click();
  const item = page.getByRole('menuitemradio', { name: 'Private', exact: true });
  await item.focus();
  const control = mock(page);
  control.listen('storefront-1', 4321, 'astro');
  // Behind an open menu the page is hidden from roles.
  const astro = page.getByText('astro');
  await expect(astro).toBeVisible();
  await expect(item).toBeVisible();
  await expect(item).toBeFocused();
  control.unlisten('storefront-1', 4321);
  await expect(astro).toBeHidden();
  await expect(item).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(visibility(5173)).toBeFocused();
  control.listen('storefront-1', 1234, 'astro');
  await expect(row('1234')).toBeVisible();
  await expect(visibility(5173)).toBeFocused();
  await expect(select(8080)).toBeChecked();
});

test('a selected port that somebody else stops isn’t selected any more', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { select } = portsTab(page);
  await select(3000).check();
  await select(8080).check();
  await mock(page).someoneStopsPort('tomas', 'storefront', 8080);
  await expect(page.getByRole('button', { name: 'Stop forwarding 1 port', exact: true })).toBeVisible();
});

test('replicas that all go offline take the ports with them, and bring them back', async ({ page, open }) => {
  await open('/workspaces/load-test/ports');
  const { table } = portsTab(page);
  await expect(await cellOf(table, '8089 Locust', 'Status')).toHaveText('Listening');
  const control = mock(page);
  control.replicaLeaves('load-test-1');
  control.replicaLeaves('load-test-2');
  await expect(await cellOf(table, '8089 Locust', 'Status')).toHaveText('Replica offline');
  await control.replicaReturns('load-test-1');
  await expect(await cellOf(table, '8089 Locust', 'Status')).toHaveText('Listening');
});

test('a restart makes a public port private: the notice says why, and one click shares it again', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { visibility } = portsTab(page);
  await expect(visibility(8080)).toHaveText('Public');
  await mock(page).restart('storefront-1');
  await expect(visibility(8080)).toHaveText('Private');
  const notices = page.getByRole('list', { name: 'Ports that are private again' });
  await expect(notices).toContainText(
    /Port 8080 is private again because the workspace restarted at \d\d:\d\d\./,
  );
  await notices.getByRole('button', { name: 'Share publicly again' }).click();
  await expect(visibility(8080)).toHaveText('Public');
  await expect(notices).toBeHidden();
});

test('a notice is dismissed, and stays away', async ({ page, open }) => {
  await open('/workspaces/checkout/ports');
  const notice = page.getByText(/^Port 3000 is private again because the workspace restarted/);
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
  const tabs = page.getByRole('navigation', { name: 'checkout' });
  await tabs.getByRole('link', { name: 'Replicas' }).click();
  await expect(page.getByRole('table', { name: 'Replicas' })).toBeVisible();
  await tabs.getByRole('link', { name: 'Ports' }).click();
  await expect(portsTab(page).row('3000 Web')).toBeVisible();
  await expect(notice).toBeHidden();
});

test.describe('a change that somebody else’s came before', () => {
  test('shows theirs, and goes on only when the reader says so', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { table, row, visibility, choose } = portsTab(page);
    await expect(visibility(3000)).toHaveText('Private');
    const control = mock(page);
    control.cutStream();
    await control.someoneChangesPort('ada', 'storefront', 3000, { label: 'Shop' });
    await choose(3000, 'organization');
    const conflict = table.getByRole('status');
    await expect(conflict).toContainText('Port 3000 was changed in the meantime: it is called “Shop” now.');
    await expect(row('3000 Shop')).toBeVisible();
    await expect(visibility(3000)).toHaveText('Private');
    await conflict.getByRole('button', { name: 'Make it organization all the same' }).click();
    await expect(visibility(3000)).toHaveText('Organization');
    await expect(conflict).toBeHidden();
  });

  test('is left as it is by the other button', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { table, visibility, choose } = portsTab(page);
    await expect(visibility(3000)).toHaveText('Private');
    const control = mock(page);
    control.cutStream();
    await control.someoneChangesPort('ada', 'storefront', 3000, { visibility: 'public' });
    await choose(3000, 'organization');
    const conflict = table.getByRole('status');
    await expect(conflict).toContainText('it is public now, no longer private');
    await conflict.getByRole('button', { name: 'Leave it as it is' }).click();
    await expect(conflict).toBeHidden();
    await expect(visibility(3000)).toHaveText('Public');
  });

  test('is said in a dialog too, whose button then means it', async ({ page, open }) => {
    await open('/workspaces/storefront/ports?dialog=label&port=3000');
    const { row, dialog } = portsTab(page);
    const edit = dialog('Label of port 3000');
    await edit.getByLabel('Label').fill('Web');
    await mock(page).someoneChangesPort('ada', 'storefront', 3000, { label: 'Shop' });
    await edit.getByRole('button', { name: 'Save label' }).click();
    await expect(edit).toContainText('it is called “Shop” now. Saving puts your label in its place.');
    await edit.getByRole('button', { name: 'Save label' }).click();
    await expect(edit).toBeHidden();
    await expect(row('3000 Web')).toBeVisible();
  });
});
