import type { Page } from '@playwright/test';
import type { VpnCreate } from '../contract/vpns.ts';
import { connectVpn, guideVpn, modernVpn, removeVpns, runGateway } from '../e2e/lab/companyVpns.ts';
import { guideIpsecConf, uniqueidsNever, variantOfGuide } from '../e2e/lab/gatewayConf.ts';
import { until } from '../e2e/lab/namespaces.ts';
import { modernGateway } from '../e2e/lab/vpnsOfLab.ts';
import { press } from './browser.ts';
import type { ByHand } from './byHand.ts';
import {
  changeVpn,
  desiredByHand,
  isUp,
  processesIn,
  reportsReplica,
  waitForTunnels,
  type Lab,
} from './lab.ts';
import { pingPrivateHost } from './pings.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

const versions: readonly { name: string; vpn: VpnCreate; ipsecConf: string }[] = [
  { name: 'IKEv1', vpn: guideVpn, ipsecConf: uniqueidsNever + guideIpsecConf },
  { name: 'IKEv2', vpn: modernVpn, ipsecConf: variantOfGuide(modernGateway) },
];

/** From a press in the browser to the first answered ping, beside swanctl on the same connection. */
export async function measureSaveToPing(lab: Lab, page: Page): Promise<Row[]> {
  const rows: Row[] = [];
  for (const version of versions) rows.push(...(await measureVersion(lab, page, version)));
  return rows;
}

async function measureVersion(
  lab: Lab,
  page: Page,
  { name, vpn, ipsecConf }: (typeof versions)[number],
): Promise<Row[]> {
  const [hand] = lab.byHand;
  if (!hand) throw new Error('The lab has no replica to use by hand.');
  const { id } = await connectVpn(lab.company, vpn, ['reports']);
  const taken: Record<'saved' | 'initiated' | 'added' | 'started', number[]> = {
    saved: [],
    initiated: [],
    added: [],
    started: [],
  };
  for (let round = 0; round < lab.rounds; round += 1) {
    // The gateway ignores an address with five attempts half done, and each with a wrong IKEv1 key stays so for 30 s.
    await runGateway(lab.company, ipsecConf);
    taken.saved.push(await saveMendedKey(lab, page, id, vpn));
    taken.initiated.push(await initiateByHand(hand, vpn));
    taken.added.push(await addWorkspace(lab, page, id));
    taken.started.push(await startByHand(hand, vpn));
  }
  await removeVpns(lab.company);
  return [
    {
      what: `${name}: “Save and apply at once” to the first answered ping, ms`,
      culvert: spreadOf(taken.saved),
      byHand: spreadOf(taken.initiated),
      limit: null,
    },
    {
      what: `${name}: “Add 1 workspace” to the first answered ping, ms`,
      culvert: spreadOf(taken.added),
      byHand: spreadOf(taken.started),
      limit: null,
    },
  ];
}

/** A VPN whose key was wrong gets the right one in the form. */
async function saveMendedKey({ company }: Lab, page: Page, id: string, vpn: VpnCreate): Promise<number> {
  await changeVpn(company, id, {
    preSharedKey: 'not-the-key-of-the-gateway-1',
    rollout: { strategy: 'immediately' },
  });
  await page.goto(`${company.team}/vpns/${id}/edit`);
  await page.getByLabel('Pre-Shared Key').fill(vpn.preSharedKey);
  await page.getByRole('button', { name: 'Save VPN' }).click();
  const save = page.getByRole('button', { name: /^Save and apply at once/ });
  await save.waitFor();
  // Between two attempts, as nearly always when somebody comes with the right key.
  const restsAt = (at: string | null) => at !== null && Date.parse(at) > Date.now() + 1500;
  await waitForTunnels(company, id, ({ state, nextTryAt }) => state === 'failed' && restsAt(nextTryAt));
  const pings = pingPrivateHost(reportsReplica(company));
  const pressedAt = await press(page, save);
  const { at } = await pings.answered(pressedAt);
  await pings.stop();
  await waitForTunnels(company, id, isUp);
  return at - pressedAt;
}

/** A workspace is connected that was connected to nothing, so that no charon runs in its replica. */
async function addWorkspace({ company }: Lab, page: Page, id: string): Promise<number> {
  const { api, team } = company;
  const replica = reportsReplica(company);
  await api.delete(`${team}/vpns/${id}/workspaces/reports`);
  await until(async () => (await processesIn(replica, /\/charon/)).length === 0, 20_000);
  await page.goto(`${team}/vpns/${id}/workspaces`);
  await page.getByText(/^Add the workspaces that need /).waitFor();
  await page.getByRole('button', { name: 'Add Workspaces' }).first().click();
  await page
    .getByRole('dialog', { name: 'Add Workspaces' })
    .getByRole('checkbox', { name: /^reports/ })
    .check();
  const pings = pingPrivateHost(replica);
  const pressedAt = await press(page, page.getByRole('button', { name: 'Add 1 workspace' }));
  const { at } = await pings.answered(pressedAt);
  await pings.stop();
  await waitForTunnels(company, id, isUp);
  return at - pressedAt;
}

/** From the start of `swanctl --initiate`, with the connection loaded. */
async function initiateByHand(hand: ByHand, vpn: VpnCreate): Promise<number> {
  const desired = desiredByHand(vpn);
  await hand.start();
  await hand.load(desired);
  const time = await untilAnswered(hand, () => hand.initiate(desired));
  await hand.stop();
  return time;
}

/** From the start of charon. */
export async function startByHand(hand: ByHand, vpn: VpnCreate): Promise<number> {
  const desired = desiredByHand(vpn);
  const time = await untilAnswered(hand, async () => {
    await hand.start();
    await hand.load(desired);
    await hand.initiate(desired);
  });
  await hand.stop();
  return time;
}

async function untilAnswered(hand: ByHand, connect: () => Promise<void>): Promise<number> {
  const pings = pingPrivateHost(hand.namespace);
  const startedAt = Date.now();
  await connect();
  const { at } = await pings.answered(startedAt);
  await pings.stop();
  return at - startedAt;
}
