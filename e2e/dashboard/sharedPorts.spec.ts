import type { Page } from '@playwright/test';
import { violations } from '../axe.ts';
import { expect, mock, test } from './fixtures.ts';

const sharedPorts = (page: Page) => page.getByRole('table', { name: 'Shared ports' });
const rowOf = (page: Page, port: string, workspace: string) =>
  sharedPorts(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: port, exact: true }) })
    .filter({ has: page.getByRole('link', { name: workspace, exact: true }) });
const inOrder = async (page: Page) => {
  const rows = sharedPorts(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link') });
  await expect(rows.first()).toBeVisible();
  return (await rows.allInnerTexts()).map((text) => text.trim().split(/\s+/).slice(0, 3).join(' '));
};

test('everything that is shared is listed, most exposed first', async ({ page, open }) => {
  await open('/ports');
  await expect(page.getByText('7 shared ports')).toBeVisible();
  expect(await inOrder(page)).toEqual(
    [
      '8080 API storefront',
      '8080 billing-api',
      '3000 Preview preview-412',
      '8089 Locust load-test',
      '5173 Vite storefront',
      '8983 Solr search',
      '3000 Web billing-api',
    ].map((text) => expect.stringContaining(text)),
  );
  const api = rowOf(page, '8080 API', 'storefront');
  await expect(api).toContainText('Public');
  await expect(api).toContainText('Listening');
  await expect(api).toContainText('Ada Brandt5 h ago');
  const preview = rowOf(page, '3000 Preview', 'preview-412');
  await expect(preview).toContainText('Replica offline');
  await expect(preview).toContainText('Jonas Weber');
});

test('the list is searched, filtered and sorted, and the address says how', async ({ page, open }) => {
  await open('/ports');
  await page.getByRole('searchbox', { name: 'Search port, label, workspace or owner' }).fill('mei');
  await expect(page.getByText('3 shared ports')).toBeVisible();
  await page
    .getByRole('combobox', { name: 'Visibility' })
    .selectOption({ label: 'Visibility: organization' });
  await expect(page.getByText('2 shared ports')).toBeVisible();
  await page.getByRole('button', { name: 'Workspace' }).click();
  await expect(page).toHaveURL(/search=mei.*&?sort=workspace|sort=workspace.*search=mei/);
  await page.reload();
  expect(await inOrder(page)).toEqual([
    expect.stringContaining('3000 Web billing-api'),
    expect.stringContaining('8983 Solr search'),
  ]);
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText('No shared port matches “nothing like it”')).toBeVisible();
  await page.getByRole('button', { name: 'Show all shared ports' }).click();
  await expect(page.getByText('7 shared ports')).toBeVisible();
});

test('sorting by visibility knows one direction: whoever most people reach comes first', async ({
  page,
  open,
}) => {
  await open('/ports?sort=-shared');
  const visibility = page.getByRole('button', { name: 'Visibility' });
  await visibility.click();
  await expect(page).toHaveURL(/sort=exposure/);
  await visibility.click();
  expect((await inOrder(page))[0]).toContain('8080 API storefront');
});

test('a workspace leads to its Ports tab', async ({ page, open }) => {
  await open('/ports');
  await rowOf(page, '5173 Vite', 'storefront').getByRole('link', { name: 'storefront', exact: true }).click();
  await expect(page).toHaveURL(/\/workspaces\/[^/]+\/ports$/);
  await expect(page.getByRole('heading', { level: 1, name: 'storefront' })).toBeVisible();
});

test.describe('an address', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('is copied, and opens in a tab of its own', async ({ page, open }) => {
    await open('/ports');
    const row = rowOf(page, '8080 API', 'storefront');
    const link = row.getByRole('link', { name: /^[a-z2-7]{10}\.localhost/ });
    const url = await link.getAttribute('href');
    await row.getByRole('button', { name: 'Copy the address of port 8080 of storefront' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
    const opener = row.getByRole('link', { name: 'Open port 8080 of storefront in a new tab' });
    await expect(opener).toHaveAttribute('href', url ?? '');
    await expect(opener).toHaveAttribute('target', '_blank');
    await expect(opener).toHaveAttribute('rel', /noopener/);
  });
});

test('an admin makes somebody else’s port private, and is told whom that cuts off', async ({
  page,
  open,
}) => {
  await open('/ports');
  await page.getByRole('button', { name: 'Actions for port 8080 of billing-api' }).click();
  await page.getByRole('menuitem', { name: 'Make private' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make port 8080 of billing-api private?' });
  await expect(dialog).toContainText('Only the workspace’s owner, Mei Tanaka, can reach it then.');
  await expect(dialog).toContainText('Only the owner can share it again.');
  await dialog.getByRole('button', { name: 'Make private' }).click();
  await expect(page.getByText('Port 8080 of billing-api is private again.')).toBeVisible();
  await expect(page.getByText('6 shared ports')).toBeVisible();
  await expect(
    page.getByRole('navigation', { name: 'Team pages' }).getByRole('link', { name: /^Ports/ }),
  ).toHaveText('Ports6');
});

test('a port that was changed a moment ago is made private all the same', async ({ page, open }) => {
  await open('/ports');
  await page.getByRole('button', { name: 'Actions for port 8080 of billing-api' }).click();
  await page.getByRole('menuitem', { name: 'Make private' }).click();
  const control = mock(page);
  control.cutStream();
  await control.someoneChangesPort('mei', 'billing-api', 8080, { label: 'API' });
  await page.getByRole('dialog').getByRole('button', { name: 'Make private' }).click();
  await expect(page.getByText('Port 8080 of billing-api is private again.')).toBeVisible();
});

test('forwarding stops for several at once', async ({ page, open }) => {
  await open('/ports');
  await page.getByRole('checkbox', { name: 'Select port 8080 of billing-api' }).check();
  await page.getByRole('checkbox', { name: 'Select port 3000 of preview-412' }).check();
  const bar = page.getByRole('group', { name: 'Selected ports' });
  await expect(bar).toContainText('2 ports selected');
  await bar.getByRole('button', { name: 'Stop forwarding' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop forwarding 2 ports?' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Stop forwarding' }).click();
  await expect(page.getByText('2 ports are no longer forwarded.')).toBeVisible();
  await expect(page.getByText('5 shared ports')).toBeVisible();
  await expect(bar).toBeHidden();
});

test('what can’t be ended is named with its reason, and stays', async ({ page, open }) => {
  await open('/ports');
  await page.getByRole('button', { name: 'Actions for port 8080 of billing-api' }).click();
  await page.getByRole('menuitem', { name: 'Stop forwarding' }).click();
  mock(page).setFaults('status=503&method=DELETE');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Stop forwarding' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Still shared: port 8080 of billing-api:');
  await dialog.getByRole('button', { name: 'Keep forwarding' }).click();
  await expect(page.getByText('7 shared ports')).toBeVisible();
});

test('what somebody shares, or stops sharing, shows by itself', async ({ page, open }) => {
  await open('/ports');
  await expect(page.getByText('7 shared ports')).toBeVisible();
  const control = mock(page);
  control.listen('search-1', 9200, 'java');
  await control.someoneForwardsPort('mei', 'search', 9200);
  await control.someoneChangesPort('mei', 'search', 9200, { visibility: 'public' });
  await expect(rowOf(page, '9200', 'search')).toContainText('Public');
  await control.someoneStopsPort('mei', 'search', 9200);
  await expect(rowOf(page, '9200', 'search')).toBeHidden();
});

test('a process that ends shows by itself, and doesn’t close an open menu', async ({ page, open }) => {
  await open('/ports');
  const row = rowOf(page, '8089 Locust', 'load-test');
  await expect(row).toContainText('Listening');
  await page.getByRole('button', { name: 'Actions for port 8089 of load-test' }).click();
  await expect(page.getByRole('menuitem', { name: 'Stop forwarding' })).toBeVisible();
  mock(page).unlisten('load-test-1', 8089);
  mock(page).unlisten('load-test-2', 8089);
  await expect(page.getByText('Not listening')).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Stop forwarding' })).toBeVisible();
});

test.describe('own shares that ended', () => {
  test('say why, and are shared again with one click', async ({ page, open }) => {
    await open('/ports');
    const ended = page.getByRole('list', { name: 'Shares that ended' });
    await expect(ended).toContainText(
      'Port 3000 Web of checkout is private again because the workspace restarted',
    );
    await ended.getByRole('button', { name: 'Share publicly again' }).click();
    await expect(page.getByText('Port 3000 of checkout is shared again.')).toBeVisible();
    await expect(ended).toBeHidden();
    await expect(rowOf(page, '3000 Web', 'checkout')).toContainText('Public');
  });

  test('are dismissed', async ({ page, open }) => {
    await open('/ports');
    const ended = page.getByRole('list', { name: 'Shares that ended' });
    await ended.getByRole('button', { name: 'Dismiss' }).click();
    await expect(ended).toBeHidden();
    await expect(page.getByText('7 shared ports')).toBeVisible();
  });

  test.describe('for each reason', () => {
    test.use({ scenario: 'ports-ended' });
    test('say which, and what lies beyond three is one click away', async ({ page, open }) => {
      await open('/ports');
      const ended = page.getByRole('list', { name: 'Shares that ended' });
      await expect(ended).toContainText(
        'Port 9000 of billing-api is private again because the team stopped allowing',
      );
      await expect(ended.getByRole('button', { name: 'Dismiss' })).toHaveCount(3);
      await page.getByRole('button', { name: 'Show 1 more share that ended' }).click();
      await expect(ended.getByRole('button', { name: 'Dismiss' })).toHaveCount(4);
      await expect(ended).toContainText('HTTPS');
      await expect(ended).toContainText('added again');
      await ended.getByRole('link', { name: 'billing-api' }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: 'billing-api' })).toBeVisible();
    });
  });

  test.describe('that the team forbids by now', () => {
    test.use({ scenario: 'ports-forbidden' });
    test('can’t be shared again, and say why', async ({ page, open }) => {
      await open('/ports');
      await expect(
        page.getByRole('button', { name: 'Share publicly again' }).first(),
      ).toHaveAccessibleDescription(
        'The team doesn’t allow public ports. Admins can change that in Settings.',
      );
    });
  });
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('somebody else’s share can’t be ended, and it says why', async ({ page, open }) => {
    await open('/ports');
    await page.getByRole('button', { name: 'Actions for port 8080 of storefront' }).click();
    for (const name of [/^Make private/, /^Stop forwarding/]) {
      const item = page.getByRole('menuitem', { name });
      await expect(item).toBeDisabled();
      await expect(item).toContainText('Only the owner of the workspace or an admin of the team');
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('checkbox', { name: 'Select port 8080 of billing-api' })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'Select port 8080 of storefront' })).toBeHidden();
  });
});

test.describe('a team that shares nothing', () => {
  test.use({ scenario: 'empty' });
  test('is told where sharing is done', async ({ page, open }) => {
    await open('/ports');
    await expect(page.getByRole('heading', { name: 'No port is shared' })).toBeVisible();
    await page.getByRole('link', { name: 'Choose a workspace' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Workspaces' })).toBeVisible();
  });
});

test.describe('a server without a ports domain', () => {
  test.use({ scenario: 'no-ports-domain' });
  test('says what its operator has to set', async ({ page, open }) => {
    await open('/ports');
    await expect(page.getByRole('heading', { name: 'This server forwards no ports' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('CULVERT_PORTS_DOMAIN');
  });
});

test.describe('ten thousand shared ports', () => {
  test.use({ scenario: 'large' });
  test('are counted, and fetched as the reader gets there', async ({ page, open }) => {
    test.slow();
    await open('/ports');
    await expect(page.getByText('10,000 shared ports')).toBeVisible();
    await expect(
      sharedPorts(page)
        .getByRole('link', { name: /^service-/ })
        .first(),
    ).toBeVisible();
    const address = sharedPorts(page)
      .getByRole('link', { name: /^[a-z2-7]{10}\.localhost/ })
      .first();
    await expect(address).toBeVisible();
    expect(await address.evaluate((link) => link.scrollWidth - link.clientWidth), 'hidden of it').toBe(0);
    await page.getByRole('combobox', { name: 'Visibility' }).selectOption({ label: 'Visibility: public' });
    await expect(page.getByText('250 shared ports')).toBeVisible();
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect(sharedPorts(page)).toHaveAttribute('aria-rowcount', '251');
  });
});

test('a list that can’t be loaded says why, and is tried again', async ({ page, open }) => {
  await open('/members');
  const control = mock(page);
  control.setFaults('status=503&match=/ports');
  await page
    .getByRole('navigation', { name: 'Team pages' })
    .getByRole('link', { name: /^Ports/ })
    .click();
  await expect(page.getByRole('alert')).toContainText('The shared ports can’t be loaded');
  control.setFaults('');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('7 shared ports')).toBeVisible();
});

test('the page, its dialogs and its selection have no accessibility violation', async ({ page, open }) => {
  await open('/ports');
  await page.getByRole('checkbox', { name: 'Select all shared ports' }).check();
  await page
    .getByRole('group', { name: 'Selected ports' })
    .getByRole('button', { name: 'Make private' })
    .click();
  await expect(page.getByRole('dialog', { name: 'Make 7 ports private?' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('the palette leads to the ports of the team and of a workspace', async ({ page, open }) => {
  await open('/members');
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Page, VPN or workspace' });
  await field.fill('ports of front');
  await expect(page.getByRole('option', { name: /Ports of storefront/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/workspaces\/[^/]+\/ports$/);
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('ports');
  await page.getByRole('option', { name: /^Ports ?Page$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ports' })).toBeVisible();
  await expect(page).toHaveTitle('Ports · Culvert');
});
