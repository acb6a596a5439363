import { guideIpsecConf, uniqueidsNever } from '../lab/gatewayConf.ts';
import { connectVpn, guideVpn, removeVpns, runGateway } from '../lab/companyVpns.ts';
import { steadyPing } from '../lab/steadyPing.ts';
import { expect, test } from './fixtures.ts';
import { expectUp, replicaRow } from './pages.ts';

const replicas = ['billing-api-1', 'billing-api-2', 'reports-1'];

test.beforeEach(async ({ company }) => {
  await runGateway(company, uniqueidsNever + guideIpsecConf);
});

test.afterEach(async ({ company }) => {
  await removeVpns(company);
});

test('three replicas stay up at once for 30 seconds, and no ping is lost', async ({
  page,
  open,
  company,
}) => {
  const vpn = await connectVpn(company, guideVpn, ['billing-api', 'reports']);
  await open(`/vpns/${vpn.id}/workspaces`);
  await expectUp(page, replicas);
  const addresses = await Promise.all(
    replicas.map((name) =>
      replicaRow(page, name)
        .getByText(/^10\.200\.0\.\d+$/)
        .innerText(),
    ),
  );
  expect(new Set(addresses).size, 'each replica has a virtual IP of its own').toBe(3);

  const outcomes = await Promise.all(
    [1, 2, 3].map((n) =>
      company.lab.replica(n).exec(['ping', '-q', '-i', '0.2', '-c', '150', '10.250.0.5'], 60_000),
    ),
  );
  for (const { stdout } of outcomes) expect(stdout).toContain('150 packets transmitted, 150 received');
  await expectUp(page, replicas);
});

test('a server that is killed and started again interrupts no ping, and the page finds back by itself', async ({
  page,
  open,
  company,
}) => {
  const vpn = await connectVpn(company, guideVpn, ['billing-api', 'reports']);
  await open(`/vpns/${vpn.id}/workspaces`);
  await expectUp(page, replicas);

  const pings = [1, 2, 3].map((n) => steadyPing(company.lab.replica(n), '10.250.0.5'));
  await company.server.kill();
  await expect(page.getByText('Reconnecting').first()).toBeVisible({ timeout: 15_000 });
  await company.server.start();
  await expect(page.getByText('Live').first()).toBeVisible({ timeout: 30_000 });
  await expectUp(page, replicas);
  for (const ping of pings) {
    const { sent, lost } = await ping.stop();
    expect(sent).toBeGreaterThan(10);
    expect(lost).toBe(0);
  }
});

test('after a gateway has crashed and started again, tunnels come back by themselves', async ({
  page,
  open,
  company,
}) => {
  const vpn = await connectVpn(company, { ...guideVpn, dpdDelaySeconds: 5 }, ['billing-api', 'reports']);
  await open(`/vpns/${vpn.id}/workspaces`);
  await expectUp(page, replicas);
  await company.lab.gateway.kill();
  for (const name of replicas) {
    await expect(replicaRow(page, name).getByText('Up', { exact: true })).toBeHidden({ timeout: 60_000 });
  }
  await company.lab.gateway.start();
  await expectUp(page, replicas, 60_000);
  const { stdout } = await company.lab.replica(1).exec(['ping', '-c', '1', '-W', '2', '10.250.0.5']);
  expect(stdout).toContain('1 received');
});
