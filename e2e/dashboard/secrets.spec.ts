import { expect, test } from './fixtures.ts';

test.use({ scenario: 'secrets' });

test('an admin adds a secret of the team, for one workspace and for pipelines', async ({ page, open }) => {
  await open('/settings/secrets');
  await page.getByRole('button', { name: 'Add a secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a secret of the team' });
  await dialog.getByLabel('Name', { exact: true }).fill('api-key');
  await dialog.getByLabel('Value', { exact: true }).fill('two\nlines');
  await dialog.getByText('Only these').click();
  await dialog.getByRole('button', { name: 'Add secret' }).click();
  await expect(dialog.getByText('Choose at least one workspace, or all of them.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Use API_KEY' }).click();
  await dialog.getByLabel('billing-api').check();
  await dialog.getByLabel('File', { exact: true }).check();
  await dialog.getByRole('switch', { name: 'Also for previews of pipelines' }).check();
  await dialog.getByRole('button', { name: 'Add secret' }).click();
  await expect(page.getByText('The secret API_KEY is saved.')).toBeVisible();
  await expect(page.getByRole('row', { name: 'API_KEY File billing-api Previews too' })).toBeVisible();
});

test('a value is replaced, hidden until it is asked to be shown', async ({ page, open }) => {
  await open('/settings/secrets');
  await page.getByRole('button', { name: 'Actions for NPM_TOKEN' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit NPM_TOKEN' });
  const value = dialog.getByLabel('New value', { exact: true });
  await expect(value).toHaveValue('');
  await value.fill('another');
  await expect(value).toHaveCSS('-webkit-text-security', 'disc');
  await dialog.getByRole('button', { name: 'Show' }).click();
  await expect(value).toHaveCSS('-webkit-text-security', 'none');
  await dialog.getByRole('button', { name: 'Save secret' }).click();
  await expect(page.getByText('The secret NPM_TOKEN is saved.')).toBeVisible();
  await expect(page.getByRole('row', { name: /NPM_TOKEN.*just now/ })).toBeVisible();
});

test('one’s own are on the account page, and go after a question', async ({ page }) => {
  await page.goto('/account');
  const own = page.getByRole('region', { name: 'Your secrets in Platform team' });
  await own.getByRole('button', { name: 'Actions for DEPLOY_KEY' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the secret DEPLOY_KEY?' });
  await dialog.getByRole('button', { name: 'Delete secret' }).click();
  await expect(own.getByText('DEPLOY_KEY')).toHaveCount(0);
  await expect(own.getByText('DATABASE_URL')).toBeVisible();
});

test('a workspace says which replicas run with older ones, and which get the team’s only', async ({
  page,
  open,
}) => {
  await open('/workspaces/storefront/replicas');
  const secrets = page.getByRole('region', { name: 'Secrets' });
  await expect(secrets.getByText('storefront-1 runs with older secrets.')).toBeVisible();
  await expect(secrets.getByText(/^storefront-3 joined by a command that you didn’t make/)).toBeVisible();
  await expect(secrets.getByRole('listitem')).toHaveText([
    'DATABASE_URLyours, variable',
    'DEPLOY_KEYyours, file',
    'NPM_TOKENthe team’s, variable',
    'WAREHOUSE_CERTIFICATEthe team’s, file',
  ]);
});

test.describe('as another admin', () => {
  test.use({ signedInAs: 'tomas' });

  test('nothing of the owner’s own is seen', async ({ page, open }) => {
    await open('/workspaces/storefront/replicas');
    const secrets = page.getByRole('region', { name: 'Secrets' });
    await expect(secrets.getByText('3 secrets for its replicas')).toBeVisible();
    await expect(secrets.getByText('DEPLOY_KEY')).toHaveCount(0);
  });
});
