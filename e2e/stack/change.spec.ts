import { guideIpsecConf, uniqueidsNever } from '../lab/gatewayConf.ts';
import { connectVpn, guideVpn, removeVpns, runGateway } from '../lab/companyVpns.ts';
import { expect, test } from './fixtures.ts';
import { expectUp, replicaRow, saveAndApply, section } from './pages.ts';

const replicas = ['billing-api-1', 'billing-api-2', 'reports-1'];

test.beforeEach(async ({ company }) => {
  await runGateway(company, uniqueidsNever + guideIpsecConf);
});

test.afterEach(async ({ company }) => {
  await removeVpns(company);
});

test('saving a change says whose tunnels it concerns, brings it to one after the other and shows when it is over', async ({
  page,
  open,
  company,
}) => {
  const vpn = await connectVpn(company, guideVpn, ['billing-api', 'reports']);
  await open(`/vpns/${vpn.id}/workspaces`);
  await expectUp(page, replicas);
  const gatewayLog = () => company.lab.gateway.log();
  const before = { ike: ikeSasOf(gatewayLog()), child: childSasOf(gatewayLog()) };

  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await section(page, 'ESP settings').getByLabel('Lifetime', { exact: true }).fill('4');
  await page.getByRole('button', { name: 'Save VPN' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change 3 tunnels of Company data center?' });
  await expect(dialog).toContainText('billing-api');
  await expect(dialog).toContainText('2 replicas');
  await expect(dialog).toContainText('reports');
  await dialog.getByRole('button', { name: 'Keep as it is' }).click();
  await expect(section(page, 'ESP settings').getByLabel('Lifetime', { exact: true })).toHaveValue('4');
  await saveAndApply(page);
  await expect(page.getByRole('region', { name: 'Changed ESP lifetime' })).toContainText(
    '3 replicas have the new settings',
    { timeout: 60_000 },
  );

  await page.getByRole('link', { name: 'Connected Workspaces' }).click();
  await expectUp(page, replicas);
  await expect(async () => {
    const applied = await company.api.get<{ items: { appliedRevision: number; wantedRevision: number }[] }>(
      `${company.team}/vpns/${vpn.id}/tunnels`,
    );
    expect(applied.items.every((tunnel) => tunnel.appliedRevision === tunnel.wantedRevision)).toBe(true);
  }).toPass();
  expect(childSasOf(gatewayLog())).toBeGreaterThanOrEqual(before.child + 3);
  expect(ikeSasOf(gatewayLog()), 'an ESP lifetime needs no new IKE_SA').toBe(before.ike);
});

test('a new name restarts nothing', async ({ page, open, company }) => {
  const vpn = await connectVpn(company, guideVpn, ['reports']);
  await open(`/vpns/${vpn.id}/workspaces`);
  await expectUp(page, ['reports-1']);
  const before = ikeSasOf(company.lab.gateway.log());
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Company headquarters');
  await page.getByRole('button', { name: 'Save VPN' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Company headquarters' })).toBeVisible();
  await page.getByRole('link', { name: 'Connected Workspaces' }).click();
  await expectUp(page, ['reports-1']);
  expect(ikeSasOf(company.lab.gateway.log())).toBe(before);
});

test('disconnecting takes tunnel, addresses, routes and keys off the replica', async ({
  page,
  open,
  company,
}) => {
  const vpn = await connectVpn(company, guideVpn, ['billing-api', 'reports']);
  await open(`/vpns/${vpn.id}/workspaces`);
  await expectUp(page, replicas);

  await page.getByRole('button', { name: 'Actions for reports', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('reports');
  await dialog.getByRole('button', { name: /^Disconnect/ }).click();
  await expect(replicaRow(page, 'reports-1')).toBeHidden();

  const replica = company.lab.replica(3);
  await expect(async () => {
    const { stdout: addresses } = await replica.exec(['ip', 'address']);
    expect(addresses).not.toContain('10.200.0.');
    const { stdout: routes } = await replica.exec(['ip', 'route', 'show', 'table', 'all']);
    expect(routes).not.toContain('10.250.0.0');
    const { code } = await replica.exec(['ping', '-c', '1', '-W', '1', '10.250.0.5']);
    expect(code).not.toBe(0);
    const { code: keyOnDisk } = await replica.exec([
      'grep',
      '-rq',
      guideVpn.preSharedKey,
      `${company.lab.folder}/r3-state`,
    ]);
    expect(keyOnDisk, 'the key is off the disk').toBe(1);
  }).toPass({ timeout: 10_000 });
  await expectUp(page, ['billing-api-1', 'billing-api-2']);
});

/** How many CHILD_SAs the gateway's charon has established so far. */
const childSasOf = (log: string): number => log.match(/CHILD_SA workspaces\{\d+\} established/g)?.length ?? 0;

/** How many IKE_SAs the gateway's charon has established so far. */
const ikeSasOf = (log: string): number => log.match(/IKE_SA workspaces\[\d+\] established/g)?.length ?? 0;
