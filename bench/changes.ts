import type { VpnCreate } from '../contract/vpns.ts';
import { labKey } from '../e2e/lab/company.ts';
import { connectVpn, guideVpn, removeVpns, runGateway } from '../e2e/lab/companyVpns.ts';
import { secretsFor, variantOfGuide } from '../e2e/lab/gatewayConf.ts';
import type { Namespace } from '../e2e/lab/namespaces.ts';
import { changeVpn, desiredByHand, isUp, waitForTunnels, type Lab } from './lab.ts';
import { lostAmong, pingPrivateHost } from './pings.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

/** Losses this long after a change is over count too. */
const SETTLE_MS = 500;

type Change = {
  name: string;
  /** What the VPN is changed to, in turns; the first differs from the guide's. */
  to: readonly [Partial<VpnCreate>, Partial<VpnCreate>];
  /** Whether tunnels restart: the others may lose nothing, and there is nothing to do by hand. */
  restarts: boolean;
};

const suites = ['aes256-sha256-modp2048', 'aes128-sha256-modp2048'] as const;
const lifetime = (lifetimeSeconds: number) => ({ esp: { ...guideVpn.esp, lifetimeSeconds } });
const suite = (proposal: string) => ({ esp: { ...guideVpn.esp, proposals: [proposal] } });

const changes: readonly Change[] = [
  { name: 'the ESP lifetime', to: [lifetime(14_400), lifetime(28_800)], restarts: true },
  { name: 'the ESP suite', to: [suite(suites[1]), suite(suites[0])], restarts: true },
  {
    name: 'the pre-shared key',
    to: [{ preSharedKey: 'another-key-Hd83kqPz0Lw5' }, { preSharedKey: labKey }],
    restarts: true,
  },
  { name: 'only the name', to: [{ name: 'Headquarters' }, { name: guideVpn.name }], restarts: false },
];

/** How many pings, 10 ms apart, get no answer when a VPN with three replicas is changed; a value per replica and round. */
export async function measureChanges(lab: Lab): Promise<Row[]> {
  const { company, byHand } = lab;
  await runGateway(company, variantOfGuide({ esp: suites.join(',') }));
  const { id } = await connectVpn(company, guideVpn, ['billing-api', 'reports']);
  await waitForTunnels(company, id, isUp);
  await Promise.all(
    byHand.map(async (hand, index) => {
      await hand.start();
      await hand.load(desiredByHand(guideVpn, index));
      await hand.initiate(desiredByHand(guideVpn, index));
    }),
  );
  const rows: Row[] = [];
  for (const change of changes) rows.push(await measureChange(lab, id, change));
  await Promise.all(byHand.map((hand) => hand.stop()));
  await removeVpns(company);
  return rows;
}

async function measureChange(
  { company, byHand, rounds }: Lab,
  id: string,
  { name, to, restarts }: Change,
): Promise<Row> {
  const lost: { culvert: number[]; byHand: number[] } = { culvert: [], byHand: [] };
  const replicas = [1, 2, 3].map((n) => company.lab.replica(n));
  for (let round = 0; round < rounds; round += 1) {
    const change = to[round % 2 === 0 ? 0 : 1];
    if (change.preSharedKey !== undefined)
      await company.lab.gateway.rereadSecrets(secretsFor('1.2.3.4', change.preSharedKey));
    const culvert = await lostDuring(replicas, async () => {
      await changeVpn(company, id, change);
      await waitForTunnels(company, id, isUp);
    });
    lost.culvert.push(...culvert);
    if (!restarts) continue;
    const changed = { ...guideVpn, ...change };
    const hand = await lostDuring(
      byHand.map(({ namespace }) => namespace),
      () => Promise.all(byHand.map((replica, index) => replica.change(desiredByHand(changed, index)))),
    );
    lost.byHand.push(...hand);
  }
  return {
    what: `Pings lost when ${name} changes`,
    culvert: spreadOf(lost.culvert),
    byHand: restarts ? spreadOf(lost.byHand) : null,
    limit: restarts ? null : 0,
  };
}

/** Pings from each replica before, during and after; resolves with how many were lost in each. */
async function lostDuring(replicas: readonly Namespace[], change: () => Promise<unknown>): Promise<number[]> {
  const pings = replicas.map(pingPrivateHost);
  await Promise.all(pings.map((ping) => ping.answered(0)));
  await change();
  const settledAt = Date.now() + SETTLE_MS;
  await Promise.all(pings.map((ping) => ping.answered(settledAt)));
  return (await Promise.all(pings.map((ping) => ping.stop()))).map(lostAmong);
}
