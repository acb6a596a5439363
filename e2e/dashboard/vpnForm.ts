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
    ikeSuites: ike.getByRole('combobox', { name: 'Cipher Suites' }),
    espLifetime: esp.getByLabel('Lifetime', { exact: true }),
    espSuites: esp.getByRole('combobox', { name: 'Cipher Suites' }),
    peerIp: network.getByLabel('Peer IP', { exact: true }),
    peerSubnets: network.getByRole('textbox', { name: 'Peer Subnet(s)' }),
    ike,
    esp,
    network,
    create: page.getByRole('button', { name: 'Create VPN' }),
    save: page.getByRole('button', { name: 'Save VPN' }),
  };
}

/** The values that a field with several holds, in their order. */
export const valuesOf = (section: Locator, field: string): Promise<string[]> =>
  section.getByRole('list', { name: field }).getByRole('listitem').allInnerTexts();
