import type { VpnCreate } from '../contract/vpns.ts';
import { labKey, type Company } from '../e2e/lab/company.ts';
import { connectVpn, guideVpn, removeVpns, runGateway } from '../e2e/lab/companyVpns.ts';
import { secretsFor, variantOfGuide } from '../e2e/lab/gatewayConf.ts';
import type { Namespace } from '../e2e/lab/namespaces.ts';
import type { ByHand } from './byHand.ts';
import { changeVpn, desiredByHand, isUp, waitForTunnels, type Lab } from './lab.ts';
import { lostAmong, pingPrivateHost } from './pings.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

/** Losses this long after a change is over count too: the earlier tunnel ends after the new one is said to be up. */
const SETTLE_MS = 1000;

type Change = {
  name: string;
  /** What the VPN is changed to, in turns; the first differs from the guide's. */
  to: readonly [Partial<VpnCreate>, Partial<VpnCreate>];
  /** Only the first counts; the other makes it possible again. */
  oneWay: boolean;
  /** Whether there is anything to do by hand. */
  byHand: boolean;
  /** How many pings may be lost at most; null: nobody has set a limit. */
  limit: number | null;
};

const suites = ['aes256-sha256-modp2048', 'aes128-sha256-modp2048'] as const;
const lifetime = (lifetimeSeconds: number) => ({ esp: { ...guideVpn.esp, lifetimeSeconds } });
const suite = (proposal: string) => ({ esp: { ...guideVpn.esp, proposals: [proposal] } });

const subnets = (...peerSubnets: string[]) => ({ peerSubnets });
const both = { oneWay: false, byHand: true, limit: null };

const changes: readonly Change[] = [
  { name: 'the ESP lifetime changes', to: [lifetime(14_400), lifetime(28_800)], ...both },
  { name: 'the ESP suite changes', to: [suite(suites[1]), suite(suites[0])], ...both },
  {
    name: 'a subnet is added',
    to: [subnets('10.250.0.0/24', '10.251.0.0/24'), subnets('10.250.0.0/24')],
    oneWay: true,
    byHand: true,
    limit: 0,
  },
  {
    // The gateway’s key stays changed: nothing by hand may come after it.
    name: 'the pre-shared key changes',
    to: [{ preSharedKey: 'another-key-Hd83kqPz0Lw5' }, { preSharedKey: labKey }],
    ...both,
  },
  {
    name: 'only the name changes',
    to: [{ name: 'Headquarters' }, { name: guideVpn.name }],
    oneWay: false,
    byHand: false,
    limit: 0,
  },
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

async function measureChange(lab: Lab, id: string, change: Change): Promise<Row> {
  const { company, byHand, rounds } = lab;
  const lost: { culvert: number[]; byHand: number[] } = { culvert: [], byHand: [] };
  const replicas = [1, 2, 3].map((n) => company.lab.replica(n));
  for (let round = 0; round < rounds; round += 1) {
    const to = change.to[change.oneWay || round % 2 === 0 ? 0 : 1];
    if (to.preSharedKey !== undefined)
      await company.lab.gateway.rereadSecrets(secretsFor('1.2.3.4', to.preSharedKey));
    lost.culvert.push(...(await lostDuring(replicas, () => changeByCulvert(company, id, to))));
    if (change.byHand) {
      const namespaces = byHand.map(({ namespace }) => namespace);
      lost.byHand.push(...(await lostDuring(namespaces, () => changeByHand(byHand, to))));
    }
    if (change.oneWay)
      await Promise.all([
        changeByCulvert(company, id, change.to[1]),
        ...(change.byHand ? [changeByHand(byHand, change.to[1])] : []),
      ]);
  }
  return {
    what: `Pings lost when ${change.name}`,
    culvert: spreadOf(lost.culvert),
    byHand: change.byHand ? spreadOf(lost.byHand) : null,
    limit: change.limit,
  };
}

/** All replicas at once, as it is done by hand. */
async function changeByCulvert(company: Company, id: string, to: Partial<VpnCreate>): Promise<void> {
  await changeVpn(company, id, { ...to, rollout: { strategy: 'immediately' } });
  await waitForTunnels(company, id, isUp);
}

const changeByHand = (byHand: readonly ByHand[], to: Partial<VpnCreate>) =>
  Promise.all(byHand.map((replica, index) => replica.change(desiredByHand({ ...guideVpn, ...to }, index))));

/** Pings from each replica before, during and after; resolves with how many were lost in each. */
async function lostDuring(replicas: readonly Namespace[], change: () => Promise<unknown>): Promise<number[]> {
  const pings = replicas.map(pingPrivateHost);
  await Promise.all(pings.map((ping) => ping.answered(0)));
  await change();
  const settledAt = Date.now() + SETTLE_MS;
  await Promise.all(pings.map((ping) => ping.answered(settledAt)));
  return (await Promise.all(pings.map((ping) => ping.stop()))).map(lostAmong);
}
