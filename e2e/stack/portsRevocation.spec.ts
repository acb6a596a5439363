import type { Page } from '@playwright/test';
import type { Team } from '../../contract/team.ts';
import { joinTeam, SignedIn } from '../lab/people.ts';
import { expect, test } from './portFixtures.ts';
import { signInHere, visitPublic } from './portSteps.ts';

/**
 * Each test has a page read from its app by fetch, server-sent events and a WebSocket; then its right to do so ends.
 */
const ways = ['Stream', 'Events', 'WebSocket'] as const;
const status = (page: Page, way: (typeof ways)[number]) => page.getByRole('status', { name: way });

async function expectOpen(page: Page): Promise<void> {
  for (const way of ways) await expect(status(page, way)).toHaveText('open');
}

/** Milliseconds from the act to the end of the last of the three: the page and this process read the same clock. */
async function timeToEnd(page: Page, act: () => Promise<unknown>): Promise<number> {
  await act();
  const acted = Date.now();
  const ends: number[] = [];
  for (const way of ways) {
    await expect(status(page, way)).toHaveText('ended');
    ends.push(Number(await status(page, way).getAttribute('data-ended-at')));
  }
  return Math.max(...ends) - acted;
}

/** A second is promised; the rest is for a machine that is busy with the tests themselves. */
const SOON_MS = 1500;

test('making a public port private ends what strangers have open', async ({ workspace, pageOf }) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'public');
  const page = await pageOf(null);
  await visitPublic(page, `${url}/watch`);
  await expectOpen(page);
  const took = await timeToEnd(page, () => workspace.change(3000, { visibility: 'private' }));
  expect(took).toBeLessThanOrEqual(SOON_MS);
});

test('making an organization port private ends what a colleague has open', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.colleague);
  await page.goto(`${await workspace.share(3000, 'organization')}/watch`);
  await expectOpen(page);
  const took = await timeToEnd(page, () => workspace.change(3000, { visibility: 'private' }));
  expect(took).toBeLessThanOrEqual(SOON_MS);
});

test('stopping to forward ends what the owner has open', async ({ company, workspace, pageOf }) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.owner);
  await page.goto(`${await workspace.share(3000, 'private')}/watch`);
  await expectOpen(page);
  expect(await timeToEnd(page, () => workspace.stopForwarding(3000))).toBeLessThanOrEqual(SOON_MS);
});

test('signing out of the dashboard ends what that browser has open', async ({
  company,
  workspace,
  pageOf,
}) => {
  const { colleague } = company.people;
  await workspace.app({ port: 3000 });
  const page = await pageOf(null);
  const url = `${await workspace.share(3000, 'organization')}/watch`;
  await page.goto(url);
  await signInHere(page, colleague);
  await expectOpen(page);
  const dashboard = await page.context().newPage();
  await dashboard.goto(`${company.team}/vpns`);
  await dashboard.getByRole('button', { name: colleague.name }).click();
  const took = await timeToEnd(page, async () => {
    await dashboard.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(dashboard.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  });
  expect(took).toBeLessThanOrEqual(SOON_MS);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('leaving the team ends what a member has open', async ({ company, workspace, pageOf }) => {
  const { admin } = company.people;
  const { email, password } = admin;
  const signedIn = await SignedIn.by(company.server, '/session', { email, password });
  const leaver = await joinTeam(company.server, signedIn, company.team, 'Lea');
  await workspace.app({ port: 3000 });
  const page = await pageOf(leaver);
  await page.goto(`${await workspace.share(3000, 'organization')}/watch`);
  await expectOpen(page);
  const took = await timeToEnd(page, () => signedIn.delete(`${company.team}/members/${leaver.id}`));
  expect(took).toBeLessThanOrEqual(SOON_MS);
});

test('handing the workspace over ends what its owner has open', async ({ company, workspace, pageOf }) => {
  const { owner, colleague, admin } = company.people;
  await workspace.app({ port: 3000 });
  const page = await pageOf(owner);
  await page.goto(`${await workspace.share(3000, 'private')}/watch`);
  await expectOpen(page);
  try {
    const took = await timeToEnd(page, () => workspace.handOver(colleague.id));
    expect(took).toBeLessThanOrEqual(SOON_MS);
  } finally {
    await workspace.handOver(owner.id, admin.api);
  }
});

test('a replica that restarts ends what strangers have open at the other one', async ({
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  await workspace.add(2);
  const url = await workspace.share(3000, 'public');
  const page = await pageOf(null);
  await visitPublic(page, `${url}/watch`);
  await expectOpen(page);
  await workspace.down(2);
  await expectOpen(page);
  expect(await timeToEnd(page, () => workspace.up(2))).toBeLessThanOrEqual(SOON_MS);
  expect(await workspace.port(3000)).toMatchObject({
    visibility: 'private',
    notice: { from: 'public', reason: 'restarted' },
  });
});

test('a team that no longer allows public ports ends what strangers have open', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(null);
  await visitPublic(page, `${await workspace.share(3000, 'public')}/watch`);
  await expectOpen(page);
  const { admin } = company.people;
  const settle = async (portPolicy: Team['portPolicy']) => {
    const { revision } = await admin.api.get<Team>(company.team);
    await admin.api.patch(company.team, { portPolicy }, revision);
  };
  try {
    const took = await timeToEnd(page, () => settle({ organization: true, public: false }));
    expect(took).toBeLessThanOrEqual(SOON_MS);
  } finally {
    await settle({ organization: true, public: true });
  }
});
