import { expect, test } from './fixtures.ts';
import { vpnForm } from './vpnForm.ts';

const guide = 'aes256-sha256-modp2048';
const modern = 'aes256gcm16-prfsha384-ecp384';

test.use({ scenario: 'empty' });

test('a suite is built from lists, and reads in words and as keywords', async ({ page, open }) => {
  await open('/vpns/new');
  const { ike, ikeSuites } = vpnForm(page);
  await ikeSuites.add.click();
  const row = ike.getByRole('group', { name: 'New suite' });
  await expect(row.getByLabel('Encryption')).toBeFocused();
  await row.getByLabel('Encryption').selectOption('AES-128 CBC');
  await row.getByLabel('Integrity').selectOption('SHA-512');
  await row.getByLabel('Key exchange (DH group)').selectOption('Group 16 (modp4096)');
  await expect(row.getByRole('status')).toHaveText('aes128-sha512-modp4096AES-128 CBC, SHA-512, DH group 16');
  await row.getByRole('button', { name: 'Done' }).click();
  expect(await ikeSuites.values()).toEqual([guide, 'aes128-sha512-modp4096']);
  await expect(ikeSuites.edit('aes128-sha512-modp4096')).toBeFocused();
  await expect(page.getByRole('region', { name: 'The gateway’s side' })).toContainText(
    `ike=${guide},aes128-sha512-modp4096!`,
  );
});

test('a cipher with integrity of its own asks for the PRF in IKE, and for neither in ESP', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const { ike, ikeSuites, esp, espSuites } = vpnForm(page);
  await ikeSuites.edit(guide).click();
  await expect(ike.getByLabel('Key derivation (PRF)')).toBeHidden();
  await ike.getByLabel('Encryption').selectOption('AES-256 GCM');
  await expect(ike.getByLabel('Integrity')).toBeHidden();
  await ike.getByLabel('Key derivation (PRF)').selectOption('PRF SHA-512');
  await ike.getByRole('button', { name: 'Done' }).click();
  await espSuites.edit(guide).click();
  await esp.getByLabel('Encryption').selectOption('AES-256 GCM');
  await expect(esp.getByLabel('Integrity')).toBeHidden();
  await expect(esp.getByLabel('Key derivation (PRF)')).toBeHidden();
  await esp.getByLabel('Perfect forward secrecy').selectOption('If the gateway wants it');
  await expect(espSuites.list).toContainText('optional perfect forward secrecy with group 14');
  await esp.getByLabel('Perfect forward secrecy').selectOption('Off');
  await expect(esp.getByLabel('Perfect forward secrecy')).toHaveAccessibleDescription(
    /one leaked key opens the traffic/,
  );
  await expect(esp.getByLabel('Key exchange (DH group)')).toBeHidden();
  expect(await ikeSuites.values()).toEqual(['aes256gcm16-prfsha512-modp2048']);
  expect(await espSuites.values()).toEqual(['aes256gcm16']);
});

test('what can’t be chosen is listed with the reason', async ({ page, open }) => {
  await open('/vpns/new');
  const { ike, ikeSuites, version } = vpnForm(page);
  await version('IKEv1').check();
  await ikeSuites.edit(guide).click();
  const refused = ike.getByLabel('Encryption').locator('optgroup[label*="IKEv1 has no number for it"]');
  await expect(refused).toHaveAttribute('disabled');
  await expect(refused.locator('option').first()).toHaveText('AES-128 CTR');
});

test('cancelling leaves the suites as they were', async ({ page, open }) => {
  await open('/vpns/new');
  const { ike, ikeSuites } = vpnForm(page);
  await ikeSuites.edit(guide).click();
  await ike.getByLabel('Encryption').selectOption('3DES');
  await page.keyboard.press('Escape');
  expect(await ikeSuites.values()).toEqual([guide]);
  await expect(ikeSuites.edit(guide)).toBeFocused();
  await ikeSuites.add.click();
  await ike.getByRole('button', { name: 'Cancel' }).click();
  expect(await ikeSuites.values()).toEqual([guide]);
  await expect(ikeSuites.add).toBeFocused();
});

test('keywords are checked while they are typed: the wrong one is underlined, named, and mended', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const { ike, ikeSuites } = vpnForm(page);
  await ikeSuites.typeNew.click();
  const { typed } = ikeSuites;
  await expect(typed).toBeFocused();
  await typed.pressSequentially('aes256-sha25');
  // The word isn't complete: no mistake yet.
  await expect(typed).toHaveAttribute('aria-invalid', 'false');
  await typed.pressSequentially('6-dh14');
  await expect(typed).toHaveAttribute('aria-invalid', 'true');
  await expect(typed).toHaveAccessibleDescription(/“dh14” in aes256-sha256-dh14 is not a keyword/);
  await expect(ike.locator('mark')).toHaveText('dh14');
  await typed.press('Enter');
  await expect(typed, 'a refused suite stays open').toBeVisible();
  await typed.fill('aes128-sha256-dh14');
  await ike.getByRole('button', { name: 'Use aes128-sha256-modp2048' }).click();
  await expect(typed).toHaveValue('aes128-sha256-modp2048');
  await expect(typed).toHaveAccessibleDescription(/^AES-128 CBC, SHA-256, DH group 14/);
  await expect(ike.locator('mark')).toBeHidden();
  await typed.press('Enter');
  expect(await ikeSuites.values()).toEqual([guide, 'aes128-sha256-modp2048']);
});

test('several pasted suites become several rows', async ({ page, open }) => {
  await open('/vpns/new');
  const { ikeSuites } = vpnForm(page);
  await ikeSuites.typeNew.click();
  await ikeSuites.typed.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', 'aes256-sha384-ecp384,\naes256-sha256-modp2048 aes128-sha256-modp2048');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(await ikeSuites.values()).toEqual([guide, 'aes256-sha384-ecp384', 'aes128-sha256-modp2048']);
});

test('a suite that lists can’t show is edited as keywords, and says why', async ({ page, open }) => {
  await open('/vpns/new');
  const { ike, ikeSuites } = vpnForm(page);
  await ikeSuites.type('aes128-aes256-sha256-modp2048');
  await ikeSuites.edit('aes128-aes256-sha256-modp2048').click();
  await expect(ikeSuites.typed).toHaveValue('aes128-aes256-sha256-modp2048');
  await expect(ike.getByRole('button', { name: 'Choose from lists' })).toHaveAccessibleDescription(
    /several algorithms of a kind/,
  );
  await ikeSuites.typed.fill('aes256-sha256-modp3072');
  await ike.getByRole('button', { name: 'Choose from lists' }).click();
  await expect(ike.getByLabel('Key exchange (DH group)')).toHaveValue('modp3072');
});

test('suites are put in order by buttons and by Alt with an arrow key, and it is read out', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const { ike, ikeSuites } = vpnForm(page);
  await ikeSuites.type('aes256-sha384-ecp384');
  await ikeSuites.type('aes256-sha512-modp4096');
  await ikeSuites.up('aes256-sha512-modp4096').click();
  expect(await ikeSuites.values()).toEqual([guide, 'aes256-sha512-modp4096', 'aes256-sha384-ecp384']);
  await expect(ikeSuites.up('aes256-sha512-modp4096')).toBeFocused();
  await expect(ike.getByText('aes256-sha512-modp4096 is now 2 of 3.')).toBeAttached();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(ike.getByText('aes256-sha512-modp4096 is the first already.')).toBeAttached();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  expect(await ikeSuites.values()).toEqual([guide, 'aes256-sha384-ecp384', 'aes256-sha512-modp4096']);
});

test('everything can be done with the keyboard alone', async ({ page, open }) => {
  await open('/vpns/new');
  const { esp, espSuites } = vpnForm(page);
  await espSuites.add.focus();
  await page.keyboard.press('Enter');
  // Letters lead to ChaCha20-Poly1305, and to Off.
  await expect(esp.getByLabel('Encryption')).toBeFocused();
  await page.keyboard.press('C');
  await page.keyboard.press('Tab');
  await expect(esp.getByLabel('Perfect forward secrecy')).toBeFocused();
  await page.keyboard.press('O');
  await page.keyboard.press('Tab');
  await expect(esp.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await espSuites.values()).toEqual([guide, 'chacha20poly1305']);
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(espSuites.remove('chacha20poly1305')).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await espSuites.values()).toEqual([guide]);
  await expect(espSuites.remove(guide)).toBeFocused();
});

test('a weak suite says which part is weak and why', async ({ page, open }) => {
  await open('/vpns/new');
  const { espSuites } = vpnForm(page);
  await espSuites.type('3des-sha256-modp2048');
  await expect(espSuites.row(1)).toContainText('Weak');
  await expect(espSuites.row(1)).toContainText('3DES has 64-bit blocks');
  await expect(espSuites.row(0)).not.toContainText('Weak');
});

test('a suite that is listed twice is said at the second, and removed by its button', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const { ike, ikeSuites } = vpnForm(page);
  await ikeSuites.typeNew.click();
  await ikeSuites.typed.fill(guide);
  await expect(ikeSuites.typed).toHaveAccessibleDescription(/is listed twice/);
  await ike.getByRole('button', { name: 'Remove this one' }).click();
  expect(await ikeSuites.values()).toEqual([guide]);
});

test('without a suite nothing is saved, and the field says what is missing', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.ikeSuites.remove(guide).click();
  await expect(form.ikeSuites.add).toBeFocused();
  await expect(form.ike).toContainText('Add at least one cipher suite.');
});

test('an IKE version that can’t carry some suites marks them, and one button mends them in both phases', async ({
  page,
  open,
}) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.version('IKEv2').check();
  await form.ikeSuites.type(modern);
  await form.espSuites.type('chacha20poly1305-curve25519');
  await form.version('IKEv1').check();
  await expect(form.ikeSuites.row(0)).not.toContainText('IKEv1');
  await expect(form.ikeSuites.row(1)).toContainText('IKEv1 has no number for it');
  await expect(form.espSuites.row(1)).toContainText('can only be used with IKEv2');
  await expect(form.ike).toContainText('IKEv1 can’t carry 2 cipher suites.');
  await form.ike.getByRole('button', { name: 'Replace all 2' }).click();
  expect(await form.ikeSuites.values()).toEqual([guide, 'aes256-sha384-ecp384']);
  expect(await form.espSuites.values()).toEqual([guide, 'aes256-sha256-curve25519']);
  await expect(form.ike.getByText(/can’t carry/)).toBeHidden();
});

test('a preset sets both phases, says what it set, and is taken back', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await page.getByRole('button', { name: 'Preset: The guide’s' }).click();
  await page.getByRole('menuitemradio', { name: 'Modern, IKEv2' }).click();
  await expect(page.getByText(/Modern, IKEv2 is set\. IKE: 4 hours, aes256gcm16/)).toBeVisible();
  expect(await form.ikeSuites.values()).toEqual([modern]);
  expect(await form.espSuites.values()).toEqual(['aes256gcm16-ecp384']);
  await expect(form.ikeLifetime).toHaveValue('4');
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await form.ikeSuites.values()).toEqual([guide]);
  await expect(form.ikeLifetime).toHaveValue('1');
  await expect(form.espLifetime).toHaveValue('8');
  await expect(page.getByRole('button', { name: 'Preset: The guide’s' })).toBeFocused();
});

test('a preset that the IKE version can’t carry says so, and can’t be chosen', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.version('IKEv1').check();
  await page.getByRole('button', { name: 'Preset: The guide’s' }).click();
  const item = page.getByRole('menuitemradio', { name: 'Modern, IKEv2' });
  await expect(item).toHaveAccessibleDescription(/Choose IKEv2 first/);
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await item.click({ force: true });
  await page.keyboard.press('Escape');
  expect(await form.ikeSuites.values()).toEqual([guide]);
});

test('what the server refuses about one suite stands at that suite', async ({ page, open }) => {
  await open('/vpns/new');
  const form = vpnForm(page);
  await form.ikeSuites.type('aes256-sha384-ecp384');
  await form.name.fill('Berlin office');
  await form.preSharedKey.fill('R5v8!pQz2#mLw9Tc4KdXj7Ne');
  await form.peerIp.fill('198.51.100.7');
  await form.peerSubnets.fill('10.9.0.0/16');
  await form.peerSubnets.press('Enter');
  const refused = 'This server’s policy has no group 20.';
  await page.evaluate((message) => {
    const { fetch } = window;
    window.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== 'POST') return fetch(input, init);
      const body = { title: 'Refused', status: 422, code: 'invalid', requestId: 'r1', type: 'about:blank' };
      const errors = [{ path: 'ike.proposals.1', code: 'policy', message }];
      return Response.json({ ...body, errors }, { status: 422 });
    };
  }, refused);
  await form.create.click();
  await expect(form.ikeSuites.row(1)).toContainText(refused);
  await expect(form.ikeSuites.row(0)).not.toContainText(refused);
  await expect(form.ikeSuites.edit('aes256-sha384-ecp384')).toBeFocused();
  await expect(form.ikeSuites.edit('aes256-sha384-ecp384')).toHaveAccessibleDescription(/no group 20/);
});
