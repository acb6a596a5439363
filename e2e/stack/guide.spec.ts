import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { rowOf } from '../dashboard/table.ts';
import { labKey, labWorkspaces } from '../lab/company.ts';
import { guideIpsecConf, secretsFor, uniqueidsNever, variantOfGuide } from '../lab/gatewayConf.ts';
import { pasteJoinCommand } from '../lab/join.ts';
import { createLab, type Lab } from '../lab/network.ts';
import { ServerProcess } from '../lab/serverProcess.ts';
import {
  admin,
  expectUp,
  fillChips,
  fillEspSuites,
  fillIkeSuites,
  openTab,
  replicaRow,
  section,
  setUp,
  signIn,
  subnets,
  verify,
  visit,
} from './pages.ts';

/** A server that nobody has set up yet, and a company's network around it. */
const test = base.extend<object, { site: { lab: Lab; server: ServerProcess; setupUrl: string } }>({
  site: [
    async ({}, use, { parallelIndex }) => {
      const port = 8620 + parallelIndex;
      const lab = await createLab({ prefix: `guide${parallelIndex}`, replicas: 3, serverPort: port });
      const server = new ServerProcess({ port, data: join(lab.folder, 'data') });
      const { setupUrl } = await server.start();
      if (setupUrl === null) throw new Error('A new server printed no setup link.');
      await use({ lab, server, setupUrl });
      await server.stop();
      await lab.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ site }, use) => {
    await use(site.server.url);
  },
});

const replicas = ['billing-api-1', 'billing-api-2', 'reports-1'];

async function addWorkspace(page: Page, lab: Lab, name: string, machines: readonly number[]): Promise<void> {
  await visit(page, 'Workspaces');
  await page.getByRole('button', { name: '+ Create workspace' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Create workspace' }).click();
  await page.getByRole('button', { name: 'Create join command' }).click();
  const panel = page.getByRole('region', { name: 'Join a replica' });
  const command = (await panel.getByText(/^curl /).innerText()).trim();
  for (const [index, machine] of machines.entries()) {
    await pasteJoinCommand(lab, machine, command, { name: `host-${machine}` });
    await expect(panel.getByText(`${name}-${index + 1} has joined, from host-${machine}.`)).toBeVisible();
  }
}

type Guide = {
  name: string;
  version: 'IKEv1' | 'IKEv2';
  ike: string;
  esp: string;
  subnets: readonly string[];
};

/** The guide, “Create the Configuration”. */
async function createVpn(page: Page, values: Guide): Promise<void> {
  await visit(page, 'VPNs');
  await page.getByRole('link', { name: '+ Create VPN' }).click();
  await page.getByLabel('Name', { exact: true }).fill(values.name);
  await page.getByLabel('Pre-Shared Key', { exact: true }).fill(labKey);
  await section(page, 'IKE settings').getByText(values.version).click();
  await section(page, 'IKE settings').getByLabel('Lifetime', { exact: true }).fill('1');
  await fillIkeSuites(page, [values.ike]);
  await section(page, 'ESP settings').getByLabel('Lifetime', { exact: true }).fill('8');
  await fillEspSuites(page, [values.esp]);
  await section(page, 'Network Settings').getByLabel('Peer IP').fill('1.2.3.4');
  await fillChips(subnets(page), page, values.subnets);
  await page.getByRole('button', { name: 'Create VPN' }).click();
  await expect(page.getByRole('heading', { level: 1, name: values.name })).toBeVisible();
}

/** The guide, “Connect Workspaces”. */
async function addWorkspaces(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Connected Workspaces' }).click();
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  for (const name of names) await picker.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  await picker.getByRole('button', { name: `Add ${names.length} workspaces` }).click();
}

async function expectVirtualIps(page: Page): Promise<void> {
  for (const name of replicas) await expect(replicaRow(page, name)).toContainText(/10\.200\.0\.\d+/);
}

async function pingFromEveryReplica(lab: Lab, address: string): Promise<void> {
  for (const n of [1, 2, 3]) {
    const { stdout } = await lab.replica(n).exec(['ping', '-c', '3', '-i', '0.2', address]);
    expect(stdout).toContain('3 packets transmitted, 3 received');
  }
}

test.describe.configure({ mode: 'serial' });

test('an admin follows the guide with IKEv1, and 10.250.0.5 answers from every replica', async ({
  page,
  site,
}) => {
  const { lab } = site;
  lab.gateway.write(uniqueidsNever + guideIpsecConf, secretsFor('1.2.3.4', labKey));
  await lab.gateway.start();
  await setUp(page, site.setupUrl, admin);
  for (const { name, replicas: machines } of labWorkspaces) await addWorkspace(page, lab, name, machines);

  await createVpn(page, {
    name: 'Company data center',
    version: 'IKEv1',
    ike: 'aes256-sha256-modp2048',
    esp: 'aes256-sha256-modp2048',
    subnets: ['10.250.0.0/24'],
  });
  await addWorkspaces(page, ['billing-api', 'reports']);
  await expectUp(page, replicas);
  await expectVirtualIps(page);
  await verify(page, { address: '10.250.0.5', replicas });
  await verify(page, { address: '10.250.0.5', port: 5432, replicas });
  await pingFromEveryReplica(lab, '10.250.0.5');
});

test('with IKEv2, modern suites and two subnets it works as well', async ({ page, site }) => {
  const { lab } = site;
  await lab.gateway.stop();
  const modern = {
    ikeVersion: 2,
    ike: 'aes256gcm16-prfsha384-ecp384',
    esp: 'aes256gcm16-ecp384',
    leftsubnet: '10.250.0.0/24,10.251.0.0/24',
  } as const;
  lab.gateway.write(variantOfGuide(modern), secretsFor('1.2.3.4', labKey));
  await lab.gateway.start();

  await signIn(page, { admin });
  await createVpn(page, {
    name: 'Modern',
    version: 'IKEv2',
    ike: modern.ike,
    esp: modern.esp,
    subnets: ['10.250.0.0/24', '10.251.0.0/24'],
  });

  // A workspace can't hold two VPNs with overlapping subnets: the dropdown says so.
  await page.getByRole('button', { name: 'Add Workspaces' }).click();
  const picker = page.getByRole('dialog', { name: 'Add Workspaces' });
  await expect(picker.getByRole('checkbox', { name: /^billing-api/ })).toBeDisabled();
  await expect(picker.getByText(/Company data center/).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await visit(page, 'VPNs');
  const row = rowOf(page.getByRole('table', { name: 'VPNs' }), 'Company data center');
  await row.getByRole('button', { name: 'Actions for Company data center' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('billing-api');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(row).toBeHidden();

  await page.getByRole('link', { name: 'Modern' }).click();
  await addWorkspaces(page, ['billing-api', 'reports']);
  await expectUp(page, replicas);
  await expectVirtualIps(page);
  await verify(page, { address: '10.250.0.5', replicas });
  await verify(page, { address: '10.251.0.5', port: 5432, replicas });
  await pingFromEveryReplica(lab, '10.251.0.5');
});

test('a rotated join token keeps its replicas; a revoked one sends them away, with their tunnels and keys', async ({
  page,
  site,
}) => {
  const { lab } = site;
  await signIn(page, { admin });
  await visit(page, 'Workspaces');
  await page.getByRole('link', { name: 'reports' }).click();
  await openTab(page, 'reports', 'Settings');
  const tokens = page.getByRole('table', { name: 'Join tokens' });
  await tokens.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  await page.getByRole('button', { name: 'Rotate token' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await openTab(page, 'reports', 'Replicas');
  await expect(rowOf(page.getByRole('table', { name: 'Replicas' }), 'reports-1')).toContainText('Online');

  await openTab(page, 'reports', 'Settings');
  await tokens.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await openTab(page, 'reports', 'Replicas');
  await expect(rowOf(page.getByRole('table', { name: 'Replicas' }), 'reports-1')).toContainText(/Offline/);
  await expect(async () => {
    const { code } = await lab.replica(3).exec(['ping', '-c', '1', '-W', '1', '10.250.0.5']);
    expect(code).not.toBe(0);
    const { code: found } = await lab.replica(3).exec(['grep', '-rqs', labKey, `${lab.folder}/r3-state`]);
    expect(found, 'the key is off the disk').not.toBe(0);
  }).toPass({ timeout: 15_000 });
});
