import type { Page } from '@playwright/test';
import { diagnoses } from '../../contract/diagnoses.ts';
import { expect, mock, test } from './fixtures.ts';
import { vpnForm } from './vpnForm.ts';

/** The test of the VPN form, and what came out of it. */
function trial(page: Page) {
  const panel = page.getByRole('region', { name: 'Test with a replica' });
  const outcome = panel.getByRole('group', { name: 'Outcome of the test' });
  return {
    open: page.getByRole('button', { name: 'Test with a replica' }),
    panel,
    replica: panel.getByRole('button', { name: /^Replica/ }),
    run: panel.getByRole('button', { name: 'Run test' }),
    again: panel.getByRole('button', { name: 'Run again' }),
    stop: panel.getByRole('button', { name: 'Stop the test' }),
    outcome,
    phases: outcome.getByRole('list', { name: 'Phases' }).getByRole('listitem'),
  };
}

const stale = 'The settings have changed since this test: its outcome is about what they were before.';

async function fillGuide(page: Page): Promise<void> {
  const form = vpnForm(page);
  await form.preSharedKey.fill('correct horse battery staple');
  await form.peerIp.fill('1.2.3.4');
  await form.peerSubnets.fill('10.250.0.0/24');
  await form.peerSubnets.press('Enter');
}

test('a new VPN is tested before it is saved, phase by phase, without a name', async ({ page, open }) => {
  await open('/vpns/new');
  await fillGuide(page);
  const test_ = trial(page);
  await test_.open.click();
  await test_.run.click();
  await expect(test_.outcome.getByRole('heading', { name: 'A tunnel would come up' })).toBeVisible();
  await expect(test_.phases).toHaveText([
    /The gateway answers\s*Passed/,
    /IKE cipher suite\s*aes256-sha256-modp2048/,
    /Pre-shared key and identities\s*Passed/,
    /Virtual IP\s*10\.200\.0\.4/,
    /ESP cipher suite and subnets\s*aes256-sha256-modp2048 · 10\.250\.0\.0\/24/,
  ]);
  await vpnForm(page).name.fill('Company network');
  await vpnForm(page).create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Company network' })).toBeVisible();
});

test('what isn’t right yet is marked in the form instead of tested', async ({ page, open }) => {
  await open('/vpns/new');
  await fillGuide(page);
  await vpnForm(page).peerIp.fill('127.0.0.1');
  const test_ = trial(page);
  await test_.open.click();
  await test_.run.click();
  await expect(test_.panel.getByRole('alert')).toContainText('Some settings are not right yet');
  await expect(vpnForm(page).peerIp).toBeFocused();
  await expect(vpnForm(page).peerIp).toHaveAttribute('aria-invalid', 'true');
  await expect(vpnForm(page).name).toHaveAttribute('aria-invalid', 'false');
});

test('an outcome is said to be out of date once the form says something else', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  const test_ = trial(page);
  await test_.open.click();
  await test_.run.click();
  await expect(test_.outcome).toBeVisible();
  await vpnForm(page).name.fill('Berlin headquarters');
  await expect(page.getByText(stale)).toBeHidden();
  await vpnForm(page).preSharedKey.fill('another key altogether');
  await expect(page.getByText(stale)).toBeVisible();
  await vpnForm(page).preSharedKey.fill('');
  await expect(page.getByText(stale)).toBeHidden();
});

test('the saved key is tested with no other gateway than the one it was saved for', async ({
  page,
  open,
}) => {
  await open('/vpns/Berlin%20office/edit');
  const form = vpnForm(page);
  const test_ = trial(page);
  await form.peerIp.fill('198.51.100.21');
  await test_.open.click();
  await test_.run.click();
  await expect(form.preSharedKey).toBeFocused();
  await expect(form.preSharedKey).toHaveAccessibleDescription(
    /Enter the pre-shared key again.*198\.51\.100\.20/,
  );
  await form.preSharedKey.fill('correct horse battery staple');
  await test_.run.click();
  await expect(test_.outcome).toBeVisible();
});

const failures = [
  ['gateway_unreachable', 'The gateway answers', 'Edit peer IP', 'Peer IP'],
  ['ike_suite_refused', 'IKE cipher suite', null, null],
  ['psk_differs_v1', 'Pre-shared key and identities', 'Edit pre-shared key', 'Pre-Shared Key'],
  ['peer_identity_differs', 'Pre-shared key and identities', 'Edit peer ID', 'Peer ID'],
  ['no_address_pool', 'Virtual IP', null, null],
  ['esp_suite_refused', 'ESP cipher suite and subnets', null, null],
  ['subnet_refused', 'ESP cipher suite and subnets', null, null],
] as const;

for (const [code, phase, fix, field] of failures) {
  test.describe(code, () => {
    test.use({ scenario: `fail-${code}` });

    test(`fails at “${phase}”, with its diagnosis and the way to mend it`, async ({ page, open }) => {
      await open('/vpns');
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      const test_ = trial(page);
      await test_.open.click();
      await test_.replica.click();
      await page.getByRole('radio', { name: /billing-api-2/ }).click();
      await test_.run.click();
      await expect(test_.outcome.getByRole('heading', { name: 'A tunnel wouldn’t come up' })).toBeVisible();
      await expect(test_.phases.filter({ hasText: 'Failed' })).toHaveText(new RegExp(phase));
      expect(diagnoses.some((row) => row.code === code)).toBe(true);
      await expect(test_.outcome.getByRole('button', { name: 'Copy for the network admin' })).toBeVisible();
      if (fix === null) return;
      await test_.outcome.getByRole('button', { name: fix }).click();
      await expect(page.getByRole('textbox', { name: field, exact: true })).toBeFocused();
    });
  });
}

test('a warning is shown with a tunnel that would come up', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/edit');
  mock(page).tunnelBecomes('Company data center', '*', { diagnosis: 'no_virtual_ip' });
  const test_ = trial(page);
  await test_.open.click();
  await test_.run.click();
  await expect(
    test_.outcome.getByRole('heading', { name: 'A tunnel would come up, with a warning' }),
  ).toBeVisible();
  await expect(test_.phases.filter({ hasText: 'Failed' })).toHaveText(/Virtual IP/);
});

test('replicas of connected workspaces are offered first, and the others can be searched', async ({
  page,
  open,
}) => {
  await open('/vpns/Berlin%20office/edit');
  const test_ = trial(page);
  await test_.open.click();
  await test_.replica.click();
  const dialog = page.getByRole('dialog', { name: 'Choose a replica' });
  await expect(dialog.getByRole('listitem').first()).toHaveText(/billing-api-1\s*connected/);
  await dialog.getByRole('searchbox', { name: 'Search replicas' }).fill('storefront-3');
  await dialog.getByRole('radio', { name: /storefront-3/ }).click();
  await expect(dialog).toBeHidden();
  await expect(test_.replica).toHaveAccessibleName('Replica storefront-3');
});

test('a test is stopped, and the form stays as it is', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  mock(page).tunnelBecomes('Berlin office', '*', 'connecting');
  const test_ = trial(page);
  await vpnForm(page).name.fill('Berlin headquarters');
  await test_.open.click();
  await test_.run.click();
  await expect(test_.panel.getByText('Trying the handshake from billing-api-1')).toBeVisible();
  await test_.stop.click();
  await expect(test_.panel.getByText('The test was stopped.')).toBeVisible();
  await expect(vpnForm(page).name).toHaveValue('Berlin headquarters');
  await expect(test_.run).toBeVisible();
});

test('a replica that tests for somebody else says so, and another can be chosen', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  const control = mock(page);
  control.tunnelBecomes('Company data center', '*', 'connecting');
  await control.someoneTestsVpn('Company data center', 'billing-api-1');
  const test_ = trial(page);
  await test_.open.click();
  await expect(test_.replica).toHaveAccessibleName('Replica billing-api-1');
  await test_.run.click();
  await expect(test_.panel.getByRole('alert')).toContainText('billing-api-1 is testing other settings');
  await test_.replica.click();
  await page.getByRole('radio', { name: /billing-api-2/ }).click();
  await test_.run.click();
  await expect(test_.outcome).toBeVisible();
});

test('a replica that goes offline meanwhile says what to do', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  const test_ = trial(page);
  const control = mock(page);
  control.tunnelBecomes('Berlin office', '*', 'connecting');
  await test_.open.click();
  const begun = control.testBegins('billing-api-1');
  await test_.run.click();
  await begun;
  control.replicaLeaves('billing-api-1');
  await expect(test_.panel.getByRole('alert')).toContainText(
    'billing-api-1 went offline before it said how it went.',
  );
});

test.describe('without a replica that can', () => {
  test.use({ scenario: 'empty' });

  test('it says what a test needs', async ({ page, open }) => {
    await open('/vpns/new');
    const test_ = trial(page);
    await test_.open.click();
    await expect(test_.panel).toContainText('this team has none yet');
    await expect(test_.run).toBeHidden();
    await expect(vpnForm(page).create).toBeEnabled();
  });
});

test.describe('with all replicas away', () => {
  test.use({ scenario: 'offline' });

  test('it says why none can test', async ({ page, open }) => {
    await open('/vpns/new');
    mock(page).replicaLeaves('billing-api-1');
    const test_ = trial(page);
    await test_.open.click();
    await expect(test_.panel).toContainText('None of the team’s 2 replicas can test now.');
    await expect(test_.panel.getByRole('listitem')).toHaveText([
      /billing-api-1: Not connected to the server/,
      /billing-api-2: Not connected to the server/,
    ]);
  });
});
