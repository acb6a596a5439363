import { expect, mock, test } from './fixtures.ts';
import { cellOf } from './table.ts';

test.use({ scenario: 'pipelines' });

const tab = '/vpns/Company%20data%20center/ci-cd';

test('the files for each service name this VPN, the team and the server', async ({ page, open, baseURL }) => {
  await open(tab);
  const file = (path: string) => page.getByLabel(path, { exact: true });
  const workflow = file('.github/workflows/preview.yml');
  await expect(workflow).toContainText(`server: '${baseURL}'`);
  await expect(workflow).toContainText("vpnConfig: 'Company data center'");
  await expect(workflow).toContainText("team: 'Platform team'");
  await page.getByRole('radio', { name: 'GitLab' }).check();
  await expect(file('.gitlab-ci.yml')).toContainText("VPN_CONFIG: 'Company data center'");
  await page.getByRole('radio', { name: 'Bitbucket' }).check();
  await expect(file('bitbucket-pipelines.yml')).toContainText("export VPN_CONFIG='Company data center'");
  await expect(page).toHaveURL(/provider=bitbucket/);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  // Nobody at Bitbucket is trusted yet: the way there keeps the service and the VPN.
  await expect(
    page.getByText('No repository at Bitbucket Pipelines may use Company data center yet.'),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Trust a repository' }).click();
  await expect(page.getByRole('radio', { name: 'Bitbucket' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Company data center' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Berlin office' })).not.toBeChecked();
});

test('the last runs say of which change they were and how they ended', async ({ page, open }) => {
  await open(tab);
  const runs = page.getByRole('table', { name: 'Last runs' });
  await expect(runs.getByRole('row')).toHaveCount(6);
  await expect(await cellOf(runs, 'acme/storefront 411', 'Result')).toHaveText(
    /^Failed.*the pre-shared keys differ/,
  );
  await expect(await cellOf(runs, 'acme/storefront 412', 'Result')).toHaveText('Running');
  await (await cellOf(runs, 'acme/storefront 412', 'Workspace')).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'storefront-412' })).toBeVisible();
  await expect(page.getByText('Preview of acme/storefront, change 412')).toBeVisible();
});

test('trusted repositories that can’t be loaded are said beside the files, and tried again', async ({
  page,
  open,
}) => {
  await open(`${tab}?${new URLSearchParams({ __fault: 'status=503&match=/trusted-repositories' })}`);
  const alert = page.getByRole('alert').filter({ hasText: 'The trusted repositories can’t be loaded.' });
  await expect(alert).toBeVisible();
  await expect(page.getByLabel('.github/workflows/preview.yml', { exact: true })).toBeVisible();
  mock(page).setFaults('');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toBeHidden();
  await expect(
    page.getByRole('list', { name: 'Repositories that may use Company data center' }),
  ).toBeVisible();
});

test.describe('as a member', () => {
  test.use({ signedInAs: 'mei' });

  test('one sees how the runs did, and whom to ask to be trusted', async ({ page, open }) => {
    await open(tab);
    await expect(page.getByText('An admin of the team has to trust the repository')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Last runs' })).toContainText('acme/storefront');
    await expect(page.getByRole('region', { name: 'Refused lately' })).toBeHidden();
    await open('/settings/trusted-repositories');
    await expect(
      page.getByRole('heading', { name: 'Admins decide which repositories are trusted' }),
    ).toBeVisible();
  });
});
