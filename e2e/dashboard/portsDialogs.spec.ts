import { expect, mock, test } from './fixtures.ts';
import { portsTab } from './portsTab.ts';
import { cellOf } from './table.ts';

test.describe('adding a port', () => {
  test('before anything listens: it is private and says that it doesn’t listen', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { table, row, dialog } = portsTab(page);
    await page.getByRole('button', { name: 'Add port', exact: true }).click();
    const add = dialog('Add a port');
    await expect(add).toContainText('It will be private: only you reach it, after signing in.');
    await expect(add).toContainText('other TCP protocols, such as SSH or a database’s, aren’t');
    await expect(add.getByLabel('Port', { exact: true })).toBeFocused();
    await add.getByLabel('Port', { exact: true }).fill(' 4000 ');
    await add.getByLabel('Label (optional)').fill('Storybook');
    await add.getByRole('radio', { name: 'HTTPS' }).check();
    await add.getByRole('button', { name: 'Add port' }).click();
    await expect(add).toBeHidden();
    await expect(await cellOf(table, '4000 Storybook', 'Status')).toHaveText('Not listening');
    await expect(await cellOf(table, '4000 Storybook', 'Visibility')).toHaveText('Private');
    await expect(await cellOf(table, '4000 Storybook', 'Origin')).toHaveText('Manual');
    await expect(page).toHaveURL(/[?&]port=4000(&|$)/);
    await row('4000 Storybook').getByRole('button', { name: 'Actions for port 4000' }).click();
    await expect(page.getByRole('menuitem', { name: 'Switch to HTTP', exact: true })).toBeVisible();
  });

  for (const [text, problem] of [
    ['', 'Enter a port number, such as 3000.'],
    ['web', 'Enter a number, such as 3000.'],
    ['70000', 'Ports go from 1 to 65535.'],
  ] as const)
    test(`“${text}” is refused at the field`, async ({ page, open }) => {
      await open('/workspaces/storefront/ports?dialog=add');
      const add = portsTab(page).dialog('Add a port');
      const number = add.getByLabel('Port', { exact: true });
      await number.fill(text);
      await add.getByRole('button', { name: 'Add port' }).click();
      await expect(number).toHaveAttribute('aria-invalid', 'true');
      await expect(number).toHaveAccessibleDescription(new RegExp(problem));
      await number.fill('4000');
      await expect(number).toHaveAttribute('aria-invalid', 'false');
    });

  test('a pasted address offers its port', async ({ page, open }) => {
    await open('/workspaces/storefront/ports?dialog=add');
    const add = portsTab(page).dialog('Add a port');
    const number = add.getByLabel('Port', { exact: true });
    await number.fill('http://localhost:4000/');
    await add.getByRole('button', { name: 'Add port' }).click();
    await add.getByRole('button', { name: 'Use 4000' }).click();
    await expect(number).toHaveValue('4000');
  });

  test('one that is forwarded already leads to its row', async ({ page, open }) => {
    await open('/workspaces/storefront/ports?dialog=add');
    const { row, dialog } = portsTab(page);
    const add = dialog('Add a port');
    await add.getByLabel('Port', { exact: true }).fill('8443');
    await add.getByRole('button', { name: 'Add port' }).click();
    await expect(add).toContainText('Port 8443 is forwarded already.');
    await add.getByRole('button', { name: 'Show port 8443' }).click();
    await expect(add).toBeHidden();
    await expect(row('8443 Admin').locator(':focus')).toHaveText('8443 Admin');
  });

  test('one on the ignore list is possible, and says what it usually is', async ({ page, open }) => {
    await open('/workspaces/storefront/ports?dialog=add');
    const { table, dialog } = portsTab(page);
    const add = dialog('Add a port');
    await add.getByLabel('Port', { exact: true }).fill('5432');
    await expect(add.getByLabel('Port', { exact: true })).toHaveAccessibleDescription(
      /^Database: on the ignore list/,
    );
    await add.getByRole('button', { name: 'Add port' }).click();
    await expect(await cellOf(table, '5432', 'Visibility')).toHaveText('Private');
  });

  test('what the server refuses is said in the dialog, and what was typed stays', async ({ page, open }) => {
    await open('/workspaces/storefront/ports?dialog=add');
    const add = portsTab(page).dialog('Add a port');
    await add.getByLabel('Port', { exact: true }).fill('4000');
    mock(page).setFaults('status=503&match=/ports/4000');
    await add.getByRole('button', { name: 'Add port' }).click();
    await expect(add.getByRole('alert')).toBeVisible();
    await expect(add.getByLabel('Port', { exact: true })).toHaveValue('4000');
  });
});

test('a label is edited, and taken away', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { row, act, dialog } = portsTab(page);
  await act(8080, 'Edit label');
  const edit = dialog('Label of port 8080');
  await expect(edit.getByLabel('Label')).toHaveValue('API');
  await edit.getByLabel('Label').fill('Backend');
  await edit.getByRole('button', { name: 'Save label' }).click();
  await expect(row('8080 Backend')).toBeVisible();
  await act(8080, 'Edit label');
  await edit.getByLabel('Label').fill('');
  await edit.getByRole('button', { name: 'Save label' }).click();
  await expect(row('8080')).toBeVisible();
});

test('a label that is too long is refused at the field', async ({ page, open }) => {
  await open('/workspaces/storefront/ports?dialog=label&port=3000');
  const edit = portsTab(page).dialog('Label of port 3000');
  await edit.getByLabel('Label').fill('x'.repeat(61));
  await edit.getByRole('button', { name: 'Save label' }).click();
  await expect(edit.getByLabel('Label')).toHaveAccessibleDescription('Use at most 60 characters.');
});

test.describe('switching the protocol', () => {
  test('of a public HTTP port says beforehand that it becomes private', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { visibility, act, dialog } = portsTab(page);
    await act(8080, 'Switch to HTTPS');
    const asks = dialog('Switch port 8080 to HTTPS?');
    await expect(asks).toContainText('It becomes private: everybody else who has it open is cut off.');
    await asks.getByRole('button', { name: 'Switch to HTTPS' }).click();
    await expect(asks).toBeHidden();
    await expect(visibility(8080)).toHaveText('Private');
    await expect(page.getByText('Port 8080 is reached by HTTPS now. It is private now.')).toBeVisible();
    await expect(
      page.getByText(/^Port 8080 is private again because it was switched to HTTPS at/),
    ).toBeVisible();
  });

  test('of a private port doesn’t', async ({ page, open }) => {
    await open('/workspaces/storefront/ports');
    const { act, dialog } = portsTab(page);
    await act(3000, 'Switch to HTTPS');
    const asks = dialog('Switch port 3000 to HTTPS?');
    await expect(asks).not.toContainText('private');
    await asks.getByRole('button', { name: 'Keep HTTP' }).click();
    await expect(asks).toBeHidden();
  });

  test('is open at once by the link of the page that a wrong protocol leads to', async ({ page, open }) => {
    await open('/workspaces/storefront/ports?port=3000&protocol=https');
    const { table, dialog } = portsTab(page);
    const asks = dialog('Switch port 3000 to HTTPS?');
    await asks.getByRole('button', { name: 'Switch to HTTPS' }).click();
    await expect(asks).toBeHidden();
    await expect(page).not.toHaveURL(/protocol=/);
    await table.getByRole('button', { name: 'Actions for port 3000' }).click();
    await expect(page.getByRole('menuitem', { name: 'Switch to HTTP', exact: true })).toBeVisible();
  });

  for (const [address, why] of [
    ['port=4711&protocol=https', 'Port 4711 isn’t forwarded.'],
    ['port=8443&protocol=https', 'Port 8443 is reached by HTTPS already.'],
  ] as const)
    test(`by an old link (${address}) says why there is nothing to switch`, async ({ page, open }) => {
      await open(`/workspaces/storefront/ports?${address}`);
      await expect(page.getByText(why)).toBeVisible();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(page.getByText(why)).toBeHidden();
      await expect(page).toHaveURL(/\/ports$/);
    });
});

test('one port is no longer forwarded: it stays listed while it listens', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { table, act, dialog } = portsTab(page);
  await act(8080, 'Stop forwarding');
  const asks = dialog('Stop forwarding port 8080?');
  await expect(asks).toContainText('Its address stops working for everybody');
  await asks.getByRole('button', { name: 'Stop forwarding' }).click();
  await expect(asks).toBeHidden();
  await expect(page.getByText('Port 8080 is no longer forwarded.')).toBeVisible();
  await expect(await cellOf(table, '8080 API', 'Visibility')).toHaveText('Not forwarded');
});

test('several selected ports are stopped at once, and the dialog names them', async ({ page, open }) => {
  await open('/workspaces/storefront/ports');
  const { table, select, dialog } = portsTab(page);
  await expect(select(3000)).toBeVisible();
  await expect(select(9229)).toBeHidden();
  await select(3000).check();
  await expect(page.getByRole('button', { name: 'Stop forwarding 1 port' })).toBeVisible();
  await table.getByRole('checkbox', { name: 'Select all forwarded ports' }).check();
  await select(5173).uncheck();
  await page.getByRole('button', { name: 'Stop forwarding 3 ports' }).click();
  const asks = dialog('Stop forwarding 3 ports?');
  await expect(asks.getByRole('listitem')).toHaveText(['3000Private', '8080 APIPublic', '8443 AdminPrivate']);
  await asks.getByRole('button', { name: 'Stop forwarding' }).click();
  await expect(page.getByText('3 ports are no longer forwarded.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Stop forwarding \d/ })).toBeHidden();
  await expect(table.getByRole('checkbox', { name: /^Select port/ })).toHaveCount(1);
});

test('when one of several can’t be stopped, the dialog names it, and the others are', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/ports');
  const { table, select, dialog } = portsTab(page);
  await select(3000).check();
  await select(8080).check();
  mock(page).setFaults('status=503&match=/ports/8080');
  await page.getByRole('button', { name: 'Stop forwarding 2 ports' }).click();
  const asks = dialog('Stop forwarding 2 ports?');
  await asks.getByRole('button', { name: 'Stop forwarding' }).click();
  await expect(asks.getByRole('alert')).toContainText(/^Still forwarded: Port 8080:/);
  await asks.getByRole('button', { name: 'Keep forwarding' }).click();
  await expect(asks).toBeHidden();
  await expect(await cellOf(table, '3000', 'Visibility')).toHaveText('Not forwarded');
  await expect(await cellOf(table, '8080 API', 'Visibility')).toHaveText('Public');
});
