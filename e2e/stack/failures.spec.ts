import type { Page } from '@playwright/test';
import type { VpnCreate } from '../../contract/vpns.ts';
import { labKey } from '../lab/company.ts';
import { variantOfGuide, type GatewayVariant } from '../lab/gatewayConf.ts';
import { connectVpn, guideVpn, modernVpn, removeVpns, runGateway } from '../lab/companyVpns.ts';
import { expect, test } from './fixtures.ts';
import {
  expectUp,
  fillChips,
  fillEspSuites,
  fillIkeSuites,
  saveAndApply,
  section,
  subnets,
  verify,
} from './pages.ts';

type Failure = {
  name: string;
  /** What differs from a VPN that would come up. */
  vpn: Partial<VpnCreate>;
  gateway?: Partial<GatewayVariant>;
  /** Title of the diagnosis, and the button that leads to the field. */
  title: string | RegExp;
  action: string;
  mend: (page: Page, right: VpnCreate) => Promise<unknown>;
};

const failures: Failure[] = [
  {
    name: 'wrong pre-shared key',
    vpn: { preSharedKey: 'not-the-key-of-the-gateway-1' },
    title: /pre-shared key/,
    action: 'Edit pre-shared key',
    mend: (page) => page.getByLabel('Pre-Shared Key', { exact: true }).fill(labKey),
  },
  {
    name: 'IKE suite refused',
    vpn: { ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes128-sha512-modp4096'] } },
    title: 'The gateway refuses the IKE cipher suite',
    action: 'Edit IKE suites',
    mend: (page, right) => fillIkeSuites(page, right.ike.proposals),
  },
  {
    name: 'ESP suite refused',
    vpn: { esp: { lifetimeSeconds: 28_800, proposals: ['aes128-sha512-modp4096'] } },
    title: 'The gateway refuses the ESP cipher suite',
    action: 'Edit ESP suites',
    mend: (page, right) => fillEspSuites(page, right.esp.proposals),
  },
  {
    name: 'subnet refused',
    vpn: { peerSubnets: ['10.99.0.0/24'] },
    title: 'The gateway doesn’t offer 10.99.0.0/24',
    action: 'Edit peer subnets',
    mend: (page, right) => fillChips(subnets(page), page, right.peerSubnets),
  },
  {
    name: 'peer identity differs',
    vpn: {},
    gateway: { leftid: 'vpn.example.com' },
    title: /calls itself|identity/,
    action: 'Edit peer ID',
    mend: (page) => page.getByLabel('Peer ID', { exact: true }).fill('vpn.example.com'),
  },
  {
    name: 'gateway unreachable',
    vpn: { peerIp: '1.2.3.99' },
    title: 'No answer from 1.2.3.99',
    action: 'Edit peer IP',
    mend: (page, right) => section(page, 'Network Settings').getByLabel('Peer IP').fill(right.peerIp),
  },
];

const versions = [
  { version: 1, right: guideVpn, gateway: {} },
  {
    version: 2,
    right: modernVpn,
    gateway: { ikeVersion: 2, ike: 'aes256gcm16-prfsha384-ecp384', esp: 'aes256gcm16-ecp384' },
  },
] as const satisfies { version: 1 | 2; right: VpnCreate; gateway: Partial<GatewayVariant> }[];

test.afterEach(async ({ company }) => {
  await removeVpns(company);
});

for (const { version, right, gateway } of versions) {
  for (const failure of failures) {
    test(`IKEv${version}, ${failure.name}: the row says so, and mending it in the browser brings the tunnel up`, async ({
      page,
      open,
      company,
    }) => {
      const offered = version === 1 ? '10.250.0.0/24' : '10.250.0.0/24,10.251.0.0/24';
      const variant = { leftsubnet: offered, ...gateway, ...failure.gateway };
      await runGateway(company, variantOfGuide(variant), variant.leftid);
      const wrong = { ...right, ...failure.vpn, ike: { ...right.ike, ...failure.vpn.ike, version } };
      const vpn = await connectVpn(company, wrong, ['reports']);

      await open(`/vpns/${vpn.id}/workspaces`);
      const diagnosis = page.getByRole('group', { name: failure.title });
      await expect(diagnosis).toBeVisible({ timeout: 20_000 });
      await diagnosis.getByRole('link', { name: failure.action }).click();
      await expect(page.getByRole('heading', { level: 1, name: `Edit ${right.name}` })).toBeVisible();
      await failure.mend(page, right);
      await saveAndApply(page);

      await page.getByRole('link', { name: 'Connected Workspaces' }).click();
      await expectUp(page, ['reports-1']);
      await expect(diagnosis).toBeHidden();
      await verify(page, { address: '10.250.0.5', replicas: ['reports-1'] });
    });
  }
}

test('IKEv2, no address pool: the row says so; once the gateway has one, trying again brings the tunnel up', async ({
  page,
  open,
  company,
}) => {
  const variant = { ...versions[1].gateway, leftsubnet: '10.250.0.0/24,10.251.0.0/24' };
  await runGateway(company, variantOfGuide({ ...variant, pool: null }));
  const vpn = await connectVpn(company, modernVpn, ['reports']);

  await open(`/vpns/${vpn.id}/workspaces`);
  const diagnosis = page.getByRole('group', { name: 'The gateway has no virtual IP for this replica' });
  await expect(diagnosis).toBeVisible({ timeout: 20_000 });

  await runGateway(company, variantOfGuide(variant));
  await diagnosis.getByRole('button', { name: 'Try again now' }).click();
  await expectUp(page, ['reports-1']);
  await verify(page, { address: '10.251.0.5', port: 5432, replicas: ['reports-1'] });
});
