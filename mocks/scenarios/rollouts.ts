import type { Rollout } from '../../contract/rollouts.ts';
import type { VpnChange } from '../../contract/vpns.ts';
import { diagnosisReport, outcomeOf } from '../agents/diagnosisReport.ts';
import type { ChangeOutcome } from '../agents/outcome.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import { DAY, HOUR, SECOND } from '../world/clock.ts';
import type { World } from '../world/world.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { berlinOffice, companyDataCenter, stagingGateway } from './vpns.ts';
import { addWorkspace } from './workspaces.ts';

const berlin = berlinOffice.name;
const dataCenter = companyDataCenter.name;
const lifetimes: VpnChange = {
  esp: { lifetimeSeconds: 7200, proposals: berlinOffice.esp.proposals },
  dpdDelaySeconds: 20,
};

/** Four replicas of two workspaces on one VPN, all up, and one that is away; other VPNs to move to. */
async function connected(world: World): Promise<FoundedTeam> {
  const { clock, fleet } = world;
  const team = await establishedTeam(world);
  await clock.ago(9 * DAY, async () => {
    const ada = await team.as('ada');
    for (const vpn of [berlinOffice, companyDataCenter, stagingGateway]) {
      fleet.script(vpn.name, '*', { kind: 'up', bytesIn: 48_300_000, bytesOut: 5_120_000 });
      await ada.createVpn(vpn);
    }
    await addWorkspace(world, team, 'billing-api', { replicas: 3 });
    await addWorkspace(world, team, 'reports', { replicas: 2 });
  });
  await clock.ago(6 * HOUR, async () => {
    const ada = await team.as('ada');
    await ada.connect(berlin, 'billing-api');
    await ada.connect(berlin, 'reports');
    await world.settled();
  });
  await clock.ago(2 * HOUR, async () => {
    fleet.disconnect('reports-2');
    await world.settled();
  });
  return team;
}

type Arrived = (rollout: Rollout) => boolean;

/** Far more looks at a rollout than any of these needs. */
const LOOKS = 50;

/** Lets a rollout come as far as the scenario shows it, without waiting for the bus. */
async function goOn(world: World, team: FoundedTeam, vpn: string, arrived: Arrived): Promise<void> {
  const ada = await team.as('ada');
  for (let look = 0; look < LOOKS; look++) {
    const rollout = await ada.rollout(vpn);
    if (arrived(rollout)) return;
    world.deps.rollouts.wake(rollout.id);
    await world.settled();
  }
  throw new Error(`The rollout of ${vpn} doesn’t come as far as its scenario shows it.`);
}

const isOver: Arrived = ({ state }) => state !== 'running';
const secondTries: Arrived = ({ replicas }) => replicas[1]?.state === 'trying';

/** A change that somebody saved a moment ago, and how it goes on some of the replicas. */
const change =
  (
    outcomes: Readonly<Record<string, ChangeOutcome>>,
    arrived: Arrived,
    then?: (world: World) => void,
  ): Scenario =>
  async (world) => {
    const team = await connected(world);
    for (const [hostname, outcome] of Object.entries(outcomes))
      world.fleet.scriptChange(berlin, hostname, outcome);
    await world.clock.ago(40 * SECOND, async () => {
      await (
        await team.as('ada')
      ).changeVpn(berlin, { ...lifetimes, rollout: { strategy: 'one-by-one', limitSeconds: 600 } });
      await goOn(world, team, berlin, arrived);
      await world.settled();
    });
    then?.(world);
    await world.settled();
    return { teamId: team.id, signedInAs: 'ada', links: {} };
  };

const refused: ChangeOutcome = { wentBack: 'failed', diagnosis: diagnosisReport('esp_suite_refused') };

/** The first replica has it, the second is trying. */
export const running = change({ 'billing-api-2': 'slow' }, secondTries);

/** The replica that is trying is away. */
export const waiting = change({ 'billing-api-2': 'slow' }, secondTries, ({ fleet }) =>
  fleet.disconnect('billing-api-2'),
);

/** The second replica went back. */
export const paused = change({ 'billing-api-2': refused }, isOver);

/** The first replica went back, so nobody else was touched. */
export const failed = change({ 'billing-api-1': refused }, isOver);

export const completed = change({}, isOver);

/** Workspaces on their way to another VPN, and how its tunnel goes on the second replica. */
const move =
  (hostname: string, outcome: 'connecting' | { diagnosis: string }, arrived: Arrived): Scenario =>
  async (world) => {
    const team = await connected(world);
    world.fleet.script(
      dataCenter,
      hostname,
      outcome === 'connecting' ? { kind: 'connecting', attempt: 1 } : outcomeOf(outcome.diagnosis),
    );
    await world.clock.ago(40 * SECOND, async () => {
      const ada = await team.as('ada');
      const workspaces = [await ada.workspace('billing-api'), await ada.workspace('reports')];
      await ada.move(berlin, {
        to: dataCenter,
        workspaces: workspaces.map(({ id }) => id),
        limitSeconds: 600,
      });
      await goOn(world, team, berlin, arrived);
      await world.settled();
    });
    return { teamId: team.id, signedInAs: 'ada', links: {} };
  };

export const moving = move('billing-api-2', 'connecting', secondTries);
export const moveFailed = move('billing-api-1', { diagnosis: 'psk_differs_v1' }, isOver);
