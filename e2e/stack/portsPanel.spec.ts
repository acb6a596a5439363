import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cellOf, rowOf } from '../dashboard/table.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';
import { expect, test } from './portFixtures.ts';
import { choose, expectApp, expectExplained, openPorts, portsTable, visitPublic } from './portSteps.ts';

/** What the dashboard promises. */
const SEEN_MS = 2000;

/** Makes a port public from its row, as its owner. */
async function makePublic(page: Page, port: number): Promise<void> {
  await page.getByRole('button', { name: `Private, visibility of port ${port}` }).click();
  await choose(page, 'Public');
  const dialog = page.getByRole('dialog', { name: `Make port ${port} public?` });
  await expect(dialog).toContainText('Anyone on the internet will reach');
  await dialog.getByRole('button', { name: 'Make public' }).click();
  await expect(page.getByRole('button', { name: `Public, visibility of port ${port}` })).toBeVisible();
}

const urlOf = async (workspace: WorkspaceMachines, port: number): Promise<string> =>
  (await workspace.port(port))?.url ?? '';

const notices = (page: Page) => page.getByRole('list', { name: 'Ports that are private again' });

test('what begins to listen has a row within two seconds, until it ends, and open menus stay open', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 4000 });
  const page = await pageOf(company.people.owner);
  await openPorts(page, workspace);
  const table = portsTable(page);
  await expect(rowOf(table, '4000')).toContainText('Listening');
  await expect(await cellOf(table, '4000', 'Process')).toHaveText('node');
  await expect(await cellOf(table, '4000', 'Origin')).toHaveText('Auto');

  await page.getByRole('button', { name: 'Actions for port 4000' }).click();
  const menu = page.getByRole('menuitem', { name: 'Copy address' });
  await expect(menu).toBeVisible();
  // The menu hides the rest of the page from assistive technology: the row is looked for by its text.
  const number = page.getByText('3000', { exact: true });
  const app = await workspace.app({ port: 3000 });
  await expect(number).toBeVisible({ timeout: SEEN_MS });
  await app.stop();
  await expect(number).toBeHidden({ timeout: SEEN_MS });
  await expect(menu).toBeVisible();
});

test('a port is added before anything listens, labelled, copied and opened', async ({
  company,
  workspace,
  pageOf,
}) => {
  const page = await pageOf(company.people.owner);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPorts(page, workspace);
  await page.getByRole('button', { name: 'Add port' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a port' });
  await dialog.getByLabel('Port', { exact: true }).fill('3000');
  await dialog.getByRole('button', { name: 'Add port' }).click();
  const table = portsTable(page);
  await expect(rowOf(table, '3000')).toContainText('Not listening');
  await expect(await cellOf(table, '3000', 'Origin')).toHaveText('Manual');

  await page.getByRole('button', { name: 'Actions for port 3000' }).click();
  await choose(page, 'Add a label');
  await page.getByRole('textbox', { name: 'Label' }).fill('Storefront');
  await page.getByRole('button', { name: 'Save label' }).click();
  await workspace.app({ port: 3000 });
  await expect(rowOf(table, '3000 Storefront')).toContainText(/(?<!Not )Listening/i);

  await page.getByRole('button', { name: 'Copy the address of port 3000' }).click();
  await expect(page.getByRole('button', { name: 'Copied the address of port 3000' })).toBeVisible();
  const url = await urlOf(workspace, 3000);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open port 3000 in a new tab' }).click();
  await expectApp(await opened);
});

test('a public port that is stopped is gone for everybody; added again it is private, and says why', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.owner);
  await openPorts(page, workspace);
  await makePublic(page, 3000);
  const url = await urlOf(workspace, 3000);
  const stranger = await pageOf(null);
  await visitPublic(stranger, url);
  await expectApp(stranger);

  await page.getByRole('button', { name: 'Actions for port 3000' }).click();
  await choose(page, 'Stop forwarding');
  const dialog = page.getByRole('dialog', { name: 'Stop forwarding port 3000?' });
  await dialog.getByRole('button', { name: 'Stop forwarding' }).click();
  await page.getByRole('button', { name: 'Forward port 3000' }).click();
  await expect(page.getByRole('button', { name: 'Private, visibility of port 3000' })).toBeVisible();
  await expect(notices(page)).toContainText(
    'Port 3000 is private again because it was stopped and added again',
  );
  expect(await urlOf(workspace, 3000)).toBe(url);
  await stranger.reload();
  await expect(stranger.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('after a restart a public port is private; the owner sees why and shares it again with one click', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'public');
  const stranger = await pageOf(null);
  await visitPublic(stranger, url);
  await expectApp(stranger);
  const page = await pageOf(company.people.owner);
  await openPorts(page, workspace);
  await expect(page.getByRole('button', { name: 'Public, visibility of port 3000' })).toBeVisible();

  await workspace.down();
  await expect(rowOf(portsTable(page), '3000')).toContainText('Replica offline');
  await workspace.up();
  await workspace.app({ port: 3000 });
  await expect(notices(page)).toContainText('Port 3000 is private again because the workspace restarted');
  await stranger.reload();
  await expect(stranger.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();

  await notices(page).getByRole('button', { name: 'Share publicly again' }).click();
  await expect(page.getByRole('button', { name: 'Public, visibility of port 3000' })).toBeVisible();
  await expect(notices(page)).toBeHidden();
  await stranger.goto(url);
  await expectApp(stranger);
});

test('a public port that is switched to HTTPS is private, and says so before and after', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  await workspace.share(3000, 'public');
  const page = await pageOf(company.people.owner);
  await openPorts(page, workspace);
  await page.getByRole('button', { name: 'Actions for port 3000' }).click();
  await choose(page, 'Switch to HTTPS');
  const dialog = page.getByRole('dialog', { name: 'Switch port 3000 to HTTPS?' });
  await expect(dialog).toContainText('It becomes private');
  await dialog.getByRole('button', { name: 'Switch to HTTPS' }).click();
  await expect(page.getByRole('button', { name: 'Private, visibility of port 3000' })).toBeVisible();
  await expect(notices(page)).toContainText('Port 3000 is private again because it was switched to HTTPS');
});

test('an app that speaks HTTPS with a certificate of its own opens once the owner has switched its port', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3443, tls: true });
  const url = await workspace.share(3443, 'organization');
  const colleague = await pageOf(company.people.colleague);
  await colleague.goto(url);
  await expectExplained(colleague, 'wrongProtocol');
  await expect(
    colleague.getByText('Ask the owner of the workspace to switch the port to HTTPS.'),
  ).toBeVisible();

  const page = await pageOf(company.people.owner);
  await page.goto(url);
  await expectExplained(page, 'wrongProtocol');
  await page.getByRole('link', { name: 'Switch to HTTPS' }).click();
  await page.getByRole('button', { name: 'Switch to HTTPS' }).click();
  await expect(page.getByText('Port 3443 is reached by HTTPS now.')).toBeVisible();
  await page.goto(url);
  await expectApp(page);
  await colleague.reload();
  await expectApp(colleague);
});

test('ports that devcontainer.json declares have a row and its label before they listen', async ({
  company,
  workspace,
  pageOf,
}) => {
  const page = await pageOf(company.people.owner);
  await openPorts(page, workspace);
  const folder = join(workspace.machine().folder, '.devcontainer');
  await mkdir(folder);
  await writeFile(
    join(folder, 'devcontainer.json'),
    `{
      // As editors write it: with comments.
      "forwardPorts": [3000],
      "portsAttributes": { "3000": { "label": "Storefront" }, "4000": { "onAutoForward": "ignore" } },
    }`,
  );
  const table = portsTable(page);
  await expect(rowOf(table, '3000 Storefront')).toContainText('Not listening');
  await expect(await cellOf(table, '3000 Storefront', 'Origin')).toHaveText('devcontainer');
  await workspace.app({ port: 4000 });
  await workspace.app({ port: 3000 });
  await expect(rowOf(table, '3000 Storefront')).toContainText(/(?<!Not )Listening/i);
  await expect(rowOf(table, '4000')).toBeHidden();
});
