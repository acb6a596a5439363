import type { Locator, Page } from '@playwright/test';

/** The fields of a VPN by their names in the guide. */
export function vpnForm(page: Page) {
  const section = (name: string) => page.getByRole('group', { name, exact: true });
  const ike = section('IKE settings');
  const esp = section('ESP settings');
  const network = section('Network Settings');
  return {
    name: page.getByLabel('Name', { exact: true }),
    preSharedKey: page.getByLabel('Pre-Shared Key', { exact: true }),
    version: (version: 'IKEv1' | 'IKEv2') => ike.getByRole('radio', { name: version }),
    ikeLifetime: ike.getByLabel('Lifetime', { exact: true }),
    ikeSuites: suitesOf(ike),
    espLifetime: esp.getByLabel('Lifetime', { exact: true }),
    espSuites: suitesOf(esp),
    peerIp: network.getByLabel('Peer IP', { exact: true }),
    peerSubnets: network.getByRole('textbox', { name: 'Peer Subnet(s)' }),
    ike,
    esp,
    network,
    create: page.getByRole('button', { name: 'Create VPN' }),
    save: page.getByRole('button', { name: 'Save VPN' }),
  };
}

/** The cipher suites of one phase. Rows count from 0. */
function suitesOf(phase: Locator) {
  const list = phase.getByRole('list', { name: 'Cipher Suites' });
  const row = (index: number) => list.locator('> li').nth(index);
  const add = phase.getByRole('button', { name: '+ Add suite' });
  const typeNew = phase.getByRole('button', { name: 'Type keywords' });
  const typed = phase.getByRole('textbox', { name: 'Keywords' });
  return {
    list,
    row,
    add,
    typeNew,
    typed,
    /** A row's button: `Edit`, `Remove`, `Move … up`. */
    edit: (suite: string) => phase.getByRole('button', { name: `Edit ${suite}`, exact: true }),
    remove: (suite: string) => phase.getByRole('button', { name: `Remove ${suite}`, exact: true }),
    up: (suite: string) => phase.getByRole('button', { name: `Move ${suite} up`, exact: true }),
    down: (suite: string) => phase.getByRole('button', { name: `Move ${suite} down`, exact: true }),
    /** The suites as keywords, in their order. */
    values: () => list.getByRole('code').allInnerTexts(),
    /** Adds a suite by its keywords. */
    type: async (keywords: string) => {
      await typeNew.click();
      await typed.fill(keywords);
      await typed.press('Enter');
    },
  };
}

/** The values that a field with several holds, in their order. */
export const valuesOf = (section: Locator, field: string): Promise<string[]> =>
  section.getByRole('list', { name: field }).getByRole('listitem').allInnerTexts();
