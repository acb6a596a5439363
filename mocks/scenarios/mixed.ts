import { diagnosisReport } from '../agents/diagnosisReport.ts';
import { DAY, HOUR, MINUTE } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import type { World } from '../world/world.ts';
import { makePorts } from './mixedPorts.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { berlinOffice, companyDataCenter, stagingGateway, warehouseDatabase } from './vpns.ts';
import { addWorkspace } from './workspaces.ts';

const MB = 1_000_000;

/** A team with a bit of everything: one VPN in order, one that partly fails, one with a warning, one that nobody uses. */
export const mixed: Scenario = async (world) => {
  const team = await establishedTeam(world);
  await makeWorkspaces(world, team);
  await makePorts(world, team);
  await makeVpns(world, team);
  await makeTunnels(world, team);
  await shareGatewayConfigs(world, team);
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

async function makeWorkspaces(world: World, team: FoundedTeam): Promise<void> {
  await world.clock.ago(32 * DAY, async () => {
    await addWorkspace(world, team, 'storefront', { replicas: 4 });
    await addWorkspace(world, team, 'checkout', { replicas: 3 });
    await addWorkspace(world, team, 'inventory', { replicas: 3 });
    await addWorkspace(world, team, 'search', { replicas: 2, owner: 'mei' });
    await addWorkspace(world, team, 'billing-api', { replicas: 3, owner: 'mei' });
    await addWorkspace(world, team, 'warehouse-sync', { replicas: 2, owner: 'tomas' });
    await addWorkspace(world, team, 'load-test', { replicas: 2, owner: 'jonas' });
  });
  await world.clock.ago(9 * DAY, async () => {
    await addWorkspace(world, team, 'reports', { replicas: 2 });
    await addWorkspace(world, team, 'preview-412', { owner: 'jonas' });
    await addWorkspace(world, team, 'preview-418', { owner: 'jonas' });
    await addWorkspace(world, team, 'design-system', { owner: 'mei' });
    await addWorkspace(world, team, 'docs', { replicas: 0 });
  });
}

async function makeVpns(world: World, team: FoundedTeam): Promise<void> {
  const { clock, fleet } = world;
  await clock.ago(31 * DAY, async () => {
    const ada = await team.as('ada');
    await ada.createVpn(stagingGateway);
    await ada.createVpn({ ...companyDataCenter, dpdDelaySeconds: 60 });
    await ada.createVpn(berlinOffice);
  });
  await clock.ago(3 * DAY, async () => {
    await (await team.as('tomas')).changeVpn('Company data center', { dpdDelaySeconds: 30 });
  });
  await clock.ago(1 * DAY + HOUR, async () => {
    await (await team.as('tomas')).createVpn(warehouseDatabase);
  });
  fleet.script('Company data center', '*', { kind: 'up', bytesIn: 612 * MB, bytesOut: 140 * MB });
  fleet.script('Berlin office', '*', { kind: 'up', bytesIn: 1_180 * MB, bytesOut: 318 * MB });
  fleet.script('Warehouse database', '*', {
    kind: 'up',
    warning: diagnosisReport('nothing_comes_back'),
    bytesOut: 2 * MB,
  });
}

async function makeTunnels(world: World, team: FoundedTeam): Promise<void> {
  const { clock, fleet } = world;
  await clock.ago(2 * DAY, async () => {
    const ada = await team.as('ada');
    for (const workspace of ['storefront', 'checkout', 'inventory', 'search'])
      await ada.connect('Company data center', workspace);
    await world.settled();
  });
  await clock.ago(4 * HOUR + 12 * MINUTE, async () => {
    const ada = await team.as('ada');
    await ada.connect('Berlin office', 'billing-api');
    await ada.connect('Warehouse database', 'warehouse-sync');
    await world.settled();
  });
  await clock.ago(22 * MINUTE, async () => {
    fleet.put('Berlin office', 'billing-api-3', { kind: 'up', bytesIn: 84 * MB, bytesOut: 20 * MB });
    await world.settled();
  });
  await clock.ago(12 * MINUTE, async () => {
    fleet.script('Berlin office', 'reports-1', { kind: 'connecting', attempt: 3 });
    fleet.script('Berlin office', 'reports-2', {
      kind: 'failed',
      diagnosis: diagnosisReport('esp_suite_refused'),
    });
    const ada = await team.as('ada');
    await ada.connect('Berlin office', 'reports');
    await world.settled();
  });
}

async function shareGatewayConfigs(world: World, team: FoundedTeam): Promise<void> {
  const ada = await team.as('ada');
  await world.clock.ago(4 * DAY, () =>
    ada.shareGatewayConfig('Berlin office', { kind: 'opnsense', days: 14 }),
  );
  await world.clock.ago(HOUR, () =>
    ada.shareGatewayConfig('Berlin office', { kind: 'fortigate', pool: '10.201.0.0/24' }),
  );
}
