import { rowOf } from '../dashboard/table.ts';
import { expect, test } from './portFixtures.ts';
import { choose, expectApp, openPorts, visitPublic } from './portSteps.ts';

test('a team that forbids public ports makes them private at once, tells their owners, and says why they stay so', async ({
  company,
  workspace,
  pageOf,
}) => {
  const { admin, owner } = company.people;
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'public');
  const stranger = await pageOf(null);
  await visitPublic(stranger, url);
  await expectApp(stranger);
  const page = await pageOf(owner);
  await openPorts(page, workspace);

  const settings = await pageOf(admin);
  await settings.goto(`${company.team}/settings`);
  await expect(settings.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await settings.getByRole('switch', { name: 'Public ports' }).click();
  const dialog = settings.getByRole('dialog', { name: 'Forbid public ports?' });
  await expect(dialog).toContainText(`3000 of ${workspace.name}`);
  await dialog.getByRole('button', { name: 'Forbid public ports' }).click();
  await expect(settings.getByText('Public ports are forbidden now.')).toBeVisible();

  const notice = page.getByRole('list', { name: 'Ports that are private again' });
  await expect(notice).toContainText(
    'Port 3000 is private again because the team stopped allowing public ports',
  );
  await expect(notice.getByRole('button', { name: 'Share publicly again' })).toBeDisabled();
  await stranger.reload();
  await expect(stranger.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.getByRole('button', { name: 'Private, visibility of port 3000' }).click();
  await expect(page.getByRole('menu')).toContainText('The team doesn’t allow public ports.');
  await page.keyboard.press('Escape');

  await settings.getByRole('switch', { name: 'Public ports' }).click();
  await expect(settings.getByText('Public ports are allowed now.')).toBeVisible();
  await notice.getByRole('button', { name: 'Share publicly again' }).click();
  await expect(page.getByRole('button', { name: 'Public, visibility of port 3000' })).toBeVisible();
});

test('an admin sees what is shared, most exposed first, and makes it private for its owner', async ({
  company,
  workspace,
  pageOf,
}) => {
  const { admin, owner } = company.people;
  await workspace.app({ port: 3000 });
  await workspace.app({ port: 4000 });
  await workspace.share(3000, 'organization');
  const url = await workspace.share(4000, 'public');
  const stranger = await pageOf(null);
  await visitPublic(stranger, url);
  await expectApp(stranger);

  const page = await pageOf(admin);
  await page.goto(`${company.team}/ports`);
  await expect(page.getByRole('heading', { level: 1, name: 'Ports' })).toBeVisible();
  const table = page.getByRole('table', { name: 'Shared ports' });
  await expect(table.getByRole('row')).toHaveText([/^Port/, /4000/, /3000/]);
  await expect(rowOf(table, '4000')).toContainText(owner.name);
  await page.getByRole('button', { name: `Actions for port 4000 of ${workspace.name}` }).click();
  await choose(page, 'Make private');
  await page.getByRole('dialog').getByRole('button', { name: 'Make private' }).click();
  // While it is open, no row has a role.
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(rowOf(table, '4000')).toBeHidden();
  await stranger.reload();
  await expect(stranger.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});
