import type { Locator, Page } from '@playwright/test';
import { expect, mock, test } from './fixtures.ts';
import { cellOf, rowOf } from './table.ts';
import { vpnForm } from './vpnForm.ts';

const berlin = '/vpns/Berlin%20office';
const replicas = (page: Page): Locator => page.getByRole('table', { name: 'Replicas of this change' });
const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const changing = 'Changing ESP lifetime and dead peer detection';
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^Change \d+ tunnels? of/ });

/** Saves another ESP lifetime, up to the question how. */
async function askHow(page: Page, lifetime = '3'): Promise<Locator> {
  await vpnForm(page).espLifetime.fill(lifetime);
  await vpnForm(page).save.click();
  await expect(dialogOf(page)).toBeVisible();
  return dialogOf(page);
}

test.describe('before a change is saved', () => {
  test.use({ scenario: 'healthy' });

  test('one replica after the other is suggested, and what that means is said', async ({ page, open }) => {
    await open(`${berlin}/edit`);
    const dialog = await askHow(page);
    await expect(dialog.getByRole('listitem')).toHaveText(['checkout2 replicas']);
    await expect(dialog.getByRole('radio', { name: 'One replica after the other' })).toBeChecked();
    await expect(dialog).toContainText('within 1 minute goes back to those it has now, by itself');
    await dialog.getByRole('button', { name: 'Save and begin with one' }).click();
    const changed = panel(page, 'Changed ESP lifetime');
    await expect(changed).toContainText('2 replicas have the new settings');
    await changed.getByRole('button', { name: 'Show 2 replicas' }).click();
    await expect(await cellOf(replicas(page), 'checkout-2', 'State')).toHaveText('Changed');
  });

  test('all at once is possible, and has nothing to check', async ({ page, open }) => {
    await open(`${berlin}/edit`);
    const dialog = await askHow(page);
    await dialog.getByRole('radio', { name: 'All at once, without going back' }).check();
    await expect(dialog.getByLabel('Has to answer (optional)')).toBeHidden();
    await dialog.getByRole('button', { name: 'Save and change all 2 at once' }).click();
    await expect(page.getByText('Berlin office is saved. Its tunnels change now.')).toBeVisible();
    await expect(page.getByRole('region', { name: /Chang(ing|ed)/ })).toBeHidden();
  });

  test('an address outside the peer subnets and too short a limit are refused at their fields', async ({
    page,
    open,
  }) => {
    await open(`${berlin}/edit`);
    const dialog = await askHow(page);
    await dialog.getByLabel('Has to answer (optional)').fill('192.168.7.1');
    await dialog.getByText('More: time limit').click();
    await dialog.getByRole('textbox', { name: 'Time limit for each replica' }).fill('5');
    await dialog.getByRole('combobox', { name: 'Unit of Time limit' }).selectOption('seconds');
    await dialog.getByRole('button', { name: 'Save and begin with one' }).click();
    await expect(dialog.getByLabel('Has to answer (optional)')).toHaveAccessibleDescription(
      /outside the peer subnets/,
    );
    await expect(
      dialog.getByRole('textbox', { name: 'Time limit for each replica' }),
    ).toHaveAccessibleDescription('Use at least 15 seconds.');
    await expect(dialog).toBeVisible();
  });

  test('the address that answered last is suggested', async ({ page, open }) => {
    await open(`${berlin}/verify`);
    await page.getByLabel('Address').fill('10.20.0.5');
    await page.getByLabel('TCP port (optional)').fill('5432');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect(page.getByText('2 of 2 replicas reached it')).toBeVisible();
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    const dialog = await askHow(page);
    await dialog.getByRole('button', { name: 'Use TCP 10.20.0.5:5432' }).click();
    await expect(dialog.getByLabel('Has to answer (optional)')).toHaveValue('10.20.0.5');
    await expect(dialog.getByLabel('TCP port')).toHaveValue('5432');
  });

  test('by keyboard: another way, and Enter saves', async ({ page, open }) => {
    await open(`${berlin}/edit`);
    const dialog = await askHow(page);
    await expect(dialog.getByRole('radio', { name: 'One replica after the other' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('radio', { name: 'One first, then all others' })).toBeChecked();
    await page.keyboard.press('Enter');
    await expect(panel(page, 'Changed ESP lifetime')).toBeVisible();
  });

  test('where no tunnel is up, nothing has to be chosen', async ({ page, open }) => {
    await open(`${berlin}/edit`);
    mock(page).tunnelBecomes('Berlin office', '*', { diagnosis: 'esp_suite_refused' });
    await expect(
      page.getByRole('navigation', { name: 'Team pages' }).getByRole('link', { name: /^VPNs/ }),
    ).toContainText('1');
    const dialog = await askHow(page);
    await expect(dialog).toContainText('there is nothing to protect');
    await expect(dialog.getByRole('radio')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Save and apply at once' }).click();
    await expect(page.getByText('Berlin office is saved. Its tunnels change now.')).toBeVisible();
  });
});

test.describe('while a change is on its way', () => {
  test.use({ scenario: 'rollout-running' });

  test('every replica shows its part, the first named as such', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    await expect(panel(page, changing).getByRole('progressbar')).toHaveAttribute(
      'aria-valuetext',
      '1 of 4 replicas changed',
    );
    const states = {
      'billing-api-2': 'Trying',
      'billing-api-3': 'Waiting',
      'reports-1': 'Waiting',
      'reports-2': 'Skipped',
    };
    for (const [name, state] of Object.entries(states))
      await expect(await cellOf(replicas(page), name, 'State')).toHaveText(state);
    await expect(replicas(page).getByRole('row').nth(1)).toHaveText(/billing-api-1\s*first.*Changed/);
    await expect(await cellOf(replicas(page), 'reports-2', 'Why')).toHaveText('It was offline.');
  });

  test('it goes on by itself, and says when it is over', async ({ page, open }) => {
    await open(`${berlin}/workspaces`);
    await expect(panel(page, changing)).toBeVisible();
    mock(page).changesEnd('Berlin office', 'billing-api-2', 'kept');
    const changed = panel(page, 'Changed ESP lifetime and dead peer detection');
    await expect(changed).toContainText('4 replicas have the new settings');
    await expect(changed).toContainText('1 other that couldn’t try it out');
    await changed.getByRole('button', { name: 'Dismiss' }).click();
    await expect(changed).toBeHidden();
    await page.getByRole('link', { name: 'Overview' }).click();
    await expect(changed).toBeHidden();
  });

  test('a replica that goes back pauses it, with the reason; resumed, it is tried again', async ({
    page,
    open,
  }) => {
    await open(`${berlin}/overview`);
    const control = mock(page);
    control.changesEnd('Berlin office', 'billing-api-2', { diagnosis: 'psk_differs_v2' });
    const paused = panel(page, 'The change of ESP lifetime and dead peer detection is paused');
    await expect(paused).toContainText(
      'billing-api-2 didn’t come up and went back to the settings of before',
    );
    await expect(paused.getByRole('group', { name: /pre-shared key/i })).toBeVisible();
    await expect(await cellOf(replicas(page), 'billing-api-2', 'State')).toHaveText('Went back');
    control.changesEnd('Berlin office', 'billing-api-2', 'kept');
    await paused.getByRole('button', { name: 'Resume' }).click();
    await expect(panel(page, 'Changed ESP lifetime and dead peer detection')).toBeVisible();
  });

  test('it can be paused and resumed', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    await panel(page, changing).getByRole('button', { name: 'Pause' }).click();
    const paused = panel(page, 'The change of ESP lifetime and dead peer detection is paused');
    await expect(paused).toContainText('No further replica begins until it is resumed');
    await paused.getByRole('button', { name: 'Resume' }).click();
    await expect(panel(page, changing)).toBeVisible();
  });

  test('taking it back says whose tunnels that concerns, and asks', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    await panel(page, changing).getByRole('button', { name: 'Take back' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take back the change of Berlin office?' });
    await expect(dialog).toContainText(
      '2 replicas that have or try the new settings get those of before again',
    );
    await expect(dialog).toContainText('3 others keep what they have');
    await dialog.getByRole('button', { name: 'Let it go on' }).click();
    await panel(page, changing).getByRole('button', { name: 'Take back' }).click();
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await expect(
      panel(page, 'The change of ESP lifetime and dead peer detection was taken back'),
    ).toContainText('Berlin office has its settings and its pre-shared key of before');
    await expect(page.getByRole('region', { name: 'Settings' })).toContainText('Every 30 seconds');
  });

  test('what another admin does to it shows here', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    await expect(panel(page, changing)).toBeVisible();
    await mock(page).someoneControlsRollout('Berlin office', 'pause');
    await expect(panel(page, 'The change of ESP lifetime and dead peer detection is paused')).toBeVisible();
  });

  test('other tabs say it in a line, and the list in the state of its tunnels', async ({ page, open }) => {
    await open(`${berlin}/activity`);
    await expect(page.getByText(changing)).toBeVisible();
    await expect(replicas(page)).toBeHidden();
    await page.getByRole('link', { name: 'See the progress' }).click();
    await expect(replicas(page)).toBeVisible();
    await page.getByRole('link', { name: 'VPNs', exact: true }).click();
    await expect(
      await cellOf(page.getByRole('table', { name: 'VPNs' }), 'Berlin office', 'Tunnels'),
    ).toContainText('Changing, 1 done');
  });

  test('no other change can be saved meanwhile, and the form leads to the progress', async ({
    page,
    open,
  }) => {
    await open(`${berlin}/edit`);
    await expect(page.getByRole('main')).toContainText('A change of this VPN is on its way to the replicas');
    const dialog = await askHow(page);
    await dialog.getByRole('button', { name: 'Save and begin with one' }).click();
    const refused = page.getByRole('alert');
    await expect(refused).toContainText('It has to be over, or be taken back');
    await refused.getByRole('link', { name: 'See the progress' }).click();
    await page.getByRole('button', { name: 'Discard the input' }).click();
    await expect(panel(page, changing)).toBeVisible();
  });

  test('on a phone, every replica is a card with its state', async ({ page, open }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(`${berlin}/overview`);
    await expect(rowOf(replicas(page), 'billing-api-2')).toContainText('Trying');
    await expect(panel(page, changing).getByRole('button', { name: 'Pause' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test.describe('to a member', () => {
    test.use({ signedInAs: 'mei' });
    test('it shows, and says who may stop it', async ({ page, open }) => {
      await open(`${berlin}/overview`);
      const pause = panel(page, changing).getByRole('button', { name: 'Pause' });
      await expect(pause).toBeDisabled();
      await expect(pause).toHaveAccessibleDescription(/Only admins of the team/);
    });
  });
});

test.describe('while the replica that tries is away', () => {
  test.use({ scenario: 'rollout-waiting' });
  test('it says what it waits for, and goes on when that is back', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    await expect(panel(page, changing).getByRole('status')).toContainText('billing-api-2 is offline.');
    const control = mock(page);
    control.changesEnd('Berlin office', 'billing-api-2', 'kept');
    await control.replicaReturns('billing-api-2');
    await expect(panel(page, 'Changed ESP lifetime and dead peer detection')).toBeVisible();
  });
});

test.describe('when the first replica went back', () => {
  test.use({ scenario: 'rollout-failed' });
  test('nothing else was touched, and why leads to the field', async ({ page, open }) => {
    await open(`${berlin}/overview`);
    const failed = panel(page, 'The change of ESP lifetime and dead peer detection failed and was undone');
    await expect(failed).toContainText('No other replica was touched: Berlin office is as it was before.');
    await failed.getByRole('button', { name: 'Show 5 replicas' }).click();
    await expect(await cellOf(replicas(page), 'billing-api-2', 'State')).toHaveText('Untouched');
    await failed.getByRole('link', { name: 'Edit and try again' }).click();
    await expect(vpnForm(page).espSuites.edit('aes256gcm16-ecp384')).toBeFocused();
  });
});
