import { type Shot, team } from './shot.ts';

/** Cipher suites while they are edited, and after the IKE version was switched. */
export const suiteShots: Shot[] = [
  {
    name: 'vpn-suites-edited',
    scenario: 'mixed',
    path: team('/vpns/new'),
    prepare: async (page) => {
      const ike = page.getByRole('group', { name: 'IKE settings', exact: true });
      await ike.getByRole('button', { name: '+ Add suite' }).click();
      await ike.getByLabel('Encryption').selectOption('3DES');
      const esp = page.getByRole('group', { name: 'ESP settings', exact: true });
      await esp.getByRole('button', { name: 'Type keywords' }).click();
      await esp.getByLabel('Keywords').fill('aes256-sha256-dh14');
    },
  },
  {
    name: 'vpn-suites-refused',
    scenario: 'mixed',
    path: team('/vpns/new'),
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Preset/ }).click();
      await page.getByRole('menuitemradio', { name: 'Modern, IKEv2' }).click();
      const esp = page.getByRole('group', { name: 'ESP settings', exact: true });
      for (const suite of ['chacha20poly1305-curve25519', '3des-sha1']) {
        await esp.getByRole('button', { name: 'Type keywords' }).click();
        await esp.getByLabel('Keywords').fill(suite);
        await esp.getByLabel('Keywords').press('Enter');
      }
      await page.getByRole('radio', { name: 'IKEv1' }).check();
      await page.getByRole('button', { name: /^Replace all/ }).waitFor();
    },
  },
];
