import { expect, mock, test } from './fixtures.ts';
import { valuesOf, vpnForm } from './vpnForm.ts';

test('a change that concerns tunnels says whose, and asks how', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/overview');
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  const form = vpnForm(page);
  await form.espSuites.type('aes256-sha256-modp2048');
  await form.save.click();
  const dialog = page.getByRole('dialog', { name: 'Change 5 tunnels of Berlin office?' });
  await expect(dialog.getByRole('listitem')).toHaveText(['billing-api3 replicas', 'reports2 replicas']);
  await dialog.getByRole('button', { name: 'Keep as it is' }).click();
  await expect(dialog).toBeHidden();
  expect(await form.espSuites.values()).toEqual(['aes256gcm16-ecp384', 'aes256-sha256-modp2048']);
  await form.save.click();
  await dialog.getByRole('button', { name: 'Save and begin with one' }).click();
  await expect(
    page.getByText('Berlin office is saved. The change goes to its first replica now.'),
  ).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Berlin office' })).toBeVisible();
});

test('a new name is saved without asking', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  await vpnForm(page).name.fill('Berlin headquarters');
  await vpnForm(page).save.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Berlin headquarters' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the stored key stays where none is typed', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/edit');
  const { preSharedKey } = vpnForm(page);
  await expect(preSharedKey).toHaveValue('');
  await expect(preSharedKey).toHaveAccessibleDescription(/type to replace it/);
  await vpnForm(page).save.click();
  await expect(page.getByText('Nothing was changed in Berlin office.')).toBeVisible();
});

test('a link from a diagnosis starts at the field it is about', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/workspaces');
  await page.getByRole('link', { name: 'Edit ESP suites' }).click();
  await expect(vpnForm(page).espSuites.edit('aes256gcm16-ecp384')).toBeFocused();
});

test.describe('when another admin is faster', () => {
  test('both versions are shown, and neither edit is lost', async ({ page, open }) => {
    await open('/vpns/Berlin%20office/edit');
    const form = vpnForm(page);
    await form.name.fill('Berlin headquarters');
    await mock(page).someoneChangesVpn('Berlin office', { peerSubnets: ['10.20.0.0/16'] });
    // The form stays as it was typed, though the page has heard of the change.
    await expect(page.getByText('Tomás Ruiz changed this VPN')).toBeVisible();
    await expect(form.name).toHaveValue('Berlin headquarters');
    await form.save.click();
    const dialog = page.getByRole('dialog', {
      name: 'Tomás Ruiz changed Berlin office while you were editing it',
    });
    await expect(dialog.getByRole('row', { name: /^Name/ })).toContainText('Berlin headquarters');
    await expect(dialog.getByRole('row', { name: /^Peer subnets/ })).toContainText('10.20.0.0/16');
    await dialog.getByRole('button', { name: 'Keep editing on top of theirs' }).click();
    await expect(form.name).toHaveValue('Berlin headquarters');
    expect(await valuesOf(form.network, 'Peer Subnet(s)')).toEqual(['10.20.0.0/16']);
    await form.save.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Berlin headquarters' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('10.21.0.0/16');
  });

  test('one may overwrite, knowing what is lost', async ({ page, open }) => {
    await open('/vpns/Staging%20gateway/edit');
    const form = vpnForm(page);
    await form.peerIp.fill('192.0.2.80');
    await mock(page).someoneChangesVpn('Staging gateway', { peerIp: '192.0.2.99' });
    await form.save.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('changed by both');
    await expect(dialog).toContainText('192.0.2.99');
    await dialog.getByRole('button', { name: 'Overwrite with mine' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Staging gateway' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('192.0.2.80');
  });
});

test('a VPN that somebody deletes meanwhile says so', async ({ page, open }) => {
  await open('/vpns/Staging%20gateway/edit');
  const form = vpnForm(page);
  await form.peerIp.fill('192.0.2.80');
  await mock(page).someoneDeletesVpn('Staging gateway');
  await form.save.click();
  await expect(page.getByRole('alert')).toContainText(/no such VPN/i);
});

test.describe('as a member', () => {
  test.use({ scenario: 'member' });
  test('the form can’t be saved, and says why', async ({ page, open }) => {
    await open('/vpns/Berlin%20office/overview');
    const edit = page.getByRole('button', { name: 'Edit', exact: true });
    await expect(edit).toBeDisabled();
    await expect(edit).toHaveAccessibleDescription(/Only admins of the team/);
  });
});
