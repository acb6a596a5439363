import { expect, mock, test } from './fixtures.ts';
import { rowOf } from './table.ts';

test('the timeline of a tunnel tells what happened, and its traffic', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/workspaces');
  const row = rowOf(page.getByRole('table', { name: 'Connected workspaces' }), 'billing-api-1');
  await row.getByRole('button', { name: 'Actions for billing-api-1' }).click();
  await page.getByRole('menuitem', { name: 'Show timeline' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tunnel of billing-api-1 to Berlin office' });
  await expect(dialog.getByRole('list', { name: 'Events' }).getByRole('listitem').last()).toContainText(
    'Up with 10.200.0.4',
  );
  await expect(
    dialog.getByRole('img', { name: /^Traffic of the last 24 hours: \d.* in, \d.* out$/ }),
  ).toBeVisible();
  await expect(page).toHaveURL(/[?&]tunnel=rep_/);
  await page.reload();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/tunnel=/);
});

test('what happens while it is open joins it', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/workspaces');
  await page.getByRole('button', { name: 'Actions for billing-api-1' }).click();
  await page.getByRole('menuitem', { name: 'Show timeline' }).click();
  const events = page.getByRole('dialog').getByRole('list', { name: 'Events' });
  await expect(events).toContainText('Up with 10.200.0.4');
  mock(page).replicaLeaves('billing-api-1');
  await expect(events.getByRole('listitem').first()).toContainText('Replica offline');
});

test.describe('a timeline that can’t be loaded', () => {
  test.use({ faults: 'status=503&match=/timeline' });
  test('says so, and is there when asked for again', async ({ page, context, open }) => {
    await open('/vpns/Berlin%20office/workspaces');
    await page.getByRole('button', { name: 'Actions for billing-api-1' }).click();
    await page.getByRole('menuitem', { name: 'Show timeline' }).click();
    const dialog = page.getByRole('dialog', { name: 'Tunnel' });
    await expect(dialog).toContainText('The timeline can’t be loaded');
    await context.clearCookies({ name: '__fault' });
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('list', { name: 'Events' })).toContainText('Up with 10.200.0.4');
  });
});
