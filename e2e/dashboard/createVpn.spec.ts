import { expect, mock, test } from './fixtures.ts';
import { valuesOf, vpnForm } from './vpnForm.ts';

test.use({ scenario: 'empty' });

test('the VPN guide’s own values can be entered exactly', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('link', { name: '+ Create VPN' }).click();
  const form = vpnForm(page);
  await form.name.fill('Company data center');
  await form.preSharedKey.fill('R5v8!pQz2#mLw9Tc4KdXj7Ne');
  await form.version('IKEv1').check();
  await form.ikeLifetime.fill('1');
  await form.espLifetime.fill('8');
  expect(await form.ikeSuites.values()).toEqual(['aes256-sha256-modp2048']);
  expect(await form.espSuites.values()).toEqual(['aes256-sha256-modp2048']);
  await form.peerIp.fill('1.2.3.4');
  await form.peerSubnets.fill('10.250.0.0/24');
  await form.peerSubnets.press('Enter');
  const gateway = page.getByRole('region', { name: 'The gateway’s side' });
  for (const line of ['keyexchange=ikev1', 'ike=aes256-sha256-modp2048!', 'ikelifetime=1h', 'leftid=1.2.3.4'])
    await expect(gateway).toContainText(line);
  await form.create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Company data center' })).toBeVisible();
  await expect(page).toHaveURL(/\/vpns\/[^/]+\/workspaces$/);
  await expect(page.getByText('Company data center is created.')).toBeVisible();
  await page.getByRole('link', { name: 'Overview' }).click();
  for (const text of ['IKEv1', '1 hour', '8 hours', '10.250.0.0/24'])
    await expect(page.getByRole('main')).toContainText(text);
});

test('what is missing is said at each field, and the first of them gets the focus', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.create.click();
  await expect(form.name).toHaveAccessibleDescription('Enter a name.');
  await expect(form.preSharedKey).toHaveAccessibleDescription('Enter the pre-shared key.');
  await expect(form.peerIp).toHaveAccessibleDescription('Enter the public IP address of the gateway.');
  await expect(form.peerSubnets).toHaveAccessibleDescription('Add at least one subnet.');
  await expect(form.name).toBeFocused();
});

test('a subnet with a host in it is mended by the button that says how', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.peerSubnets.fill('10.250.0.0/24, 10.251.0.7/24');
  await form.peerSubnets.press('Enter');
  await expect(form.peerSubnets).toHaveAttribute('aria-invalid', 'true');
  await expect(form.peerSubnets).toHaveAccessibleDescription(/10\.251\.0\.7\/24/);
  await page.getByRole('button', { name: 'Use 10.251.0.0/24' }).click();
  expect(await valuesOf(form.network, 'Peer Subnet(s)')).toEqual(['10.250.0.0/24', '10.251.0.0/24']);
  await expect(form.peerSubnets).toHaveAttribute('aria-invalid', 'false');
});

for (const subnets of ['0.0.0.0/0', '::/0', '0.0.0.0/1 128.0.0.0/1', '0.0.0.0/2 64.0.0.0/2 128.0.0.0/1'])
  test(`all traffic is refused, also as ${subnets}`, async ({ page, open }) => {
    await open('/vpns/new');
    const form = vpnForm(page);
    for (const subnet of subnets.split(' ')) {
      await form.peerSubnets.fill(subnet);
      await form.peerSubnets.press('Enter');
    }
    await expect(form.peerSubnets).toHaveAttribute('aria-invalid', 'true');
    await expect(form.peerSubnets).toHaveAccessibleDescription(/all .*traffic|every/i);
  });

test('several subnets can be pasted at once, and one taken back for correction', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.peerSubnets.fill('10.1.0.0/16 10.2.0.0/16;10.3.0.0/16');
  await form.peerSubnets.press('Enter');
  expect(await valuesOf(form.network, 'Peer Subnet(s)')).toEqual([
    '10.1.0.0/16',
    '10.2.0.0/16',
    '10.3.0.0/16',
  ]);
  await form.peerSubnets.press('Backspace');
  await expect(form.peerSubnets).toHaveValue('10.3.0.0/16');
  await page.getByRole('button', { name: 'Remove 10.1.0.0/16' }).click();
  await expect(form.peerSubnets).toBeFocused();
});

test.describe('a field that isn’t right', () => {
  for (const [field, value, message] of [
    ['name', 'vpn_berlin', /A name can’t start with “vpn_”/],
    ['name', 'Berlin/Oslo', /“Berlin\/Oslo” holds/],
    ['peerIp', '10.0.0.1', /public address/],
    ['peerIp', 'gateway.example.com', /.+/],
    ['preSharedKey', 'k'.repeat(257), 'The key has 257 bytes. Use at most 256.'],
    ['ikeLifetime', '0', /.+/],
    ['espLifetime', '48', 'Use at most 24 hours.'],
  ] as const)
    test(`${field}: ${value.slice(0, 30)}`, async ({ page, open }) => {
      await open('/vpns/new');
      const input = vpnForm(page)[field];
      await input.fill(value);
      await input.press('Tab');
      await expect(input).toHaveAttribute('aria-invalid', 'true');
      await expect(input).toHaveAccessibleDescription(message);
    });
});

test('a key that can be guessed is accepted with a word', async ({ page, open }) => {
  await open('/vpns/new');
  const { preSharedKey } = vpnForm(page);
  await preSharedKey.fill('short');
  await expect(
    page.getByText('Keys under 20 characters can be guessed. Generate one instead.'),
  ).toBeVisible();
  await expect(preSharedKey).toHaveAttribute('aria-invalid', 'false');
});

test('a key can be made and read before it is saved', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(form.preSharedKey).toHaveAttribute('type', 'text');
  expect((await form.preSharedKey.inputValue()).length).toBeGreaterThanOrEqual(32);
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(form.preSharedKey).toHaveAttribute('type', 'password');
});

/** Fills what a VPN can't do without. */
async function fillEssentials(page: Parameters<typeof vpnForm>[0], name: string): Promise<void> {
  const form = vpnForm(page);
  await form.name.fill(name);
  await form.preSharedKey.fill('R5v8!pQz2#mLw9Tc4KdXj7Ne');
  await form.peerIp.fill('198.51.100.7');
  await form.peerSubnets.fill('10.9.0.0/16');
  await form.peerSubnets.press('Enter');
}

test.describe('beside other VPNs', () => {
  test.use({ scenario: 'mixed' });
  test('what the server refuses stands at its field', async ({ page, open }) => {
    await open('/vpns/new');
    await fillEssentials(page, 'berlin office');
    const form = vpnForm(page);
    await form.create.click();
    await expect(form.name).toHaveAttribute('aria-invalid', 'true');
    await expect(form.name).toHaveAccessibleDescription(/berlin office/i);
    await expect(form.name).toBeFocused();
    await form.name.fill('Berlin office two');
    await form.create.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Berlin office two' })).toBeVisible();
  });

  test('a duplicate starts with the settings, and gets the key by itself', async ({ page, open }) => {
    await open('/vpns');
    await page.getByRole('button', { name: 'Actions for Company data center' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(
      page.getByRole('heading', { level: 1, name: 'Duplicate Company data center' }),
    ).toBeVisible();
    const form = vpnForm(page);
    await expect(form.version('IKEv1')).toBeChecked();
    await expect(form.peerIp).toHaveValue('1.2.3.4');
    await expect(form.preSharedKey).toHaveValue('');
    await expect(form.preSharedKey).toHaveAccessibleDescription(/Copied from Company data center/);
    await form.name.fill('Company data center next');
    await form.create.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Company data center next' })).toBeVisible();
  });
});

test('while it saves, the button is busy, and a failure leaves the input', async ({ page, open }) => {
  await open('/vpns/new');
  await fillEssentials(page, 'Slow one');
  const form = vpnForm(page);
  mock(page).setFaults('hold=1&status=503&method=POST');
  await form.create.click();
  await expect(form.create).toBeDisabled();
  mock(page).setFaults('');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(form.name).toHaveValue('Slow one');
  await form.create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Slow one' })).toBeVisible();
});

test('leaving with unsaved input asks first', async ({ page, open }) => {
  await open('/vpns');
  await page.getByRole('link', { name: '+ Create VPN' }).click();
  await vpnForm(page).name.fill('Half done');
  await page.getByRole('link', { name: 'Members' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expect(vpnForm(page).name).toHaveValue('Half done');
  await page.getByRole('link', { name: 'Members' }).click();
  await dialog.getByRole('button', { name: 'Discard the input' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
});

test('leaving without input asks nothing', async ({ page, open }) => {
  await open('/vpns/new');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'VPNs' })).toBeVisible();
});
