import { curl } from './curl.ts';
import { expect, test } from './portFixtures.ts';
import { expectApp, expectExplained } from './portSteps.ts';

test('a viewer stays with one replica, and goes on at the other when it dies', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.add(2);
  await workspace.app({ port: 3000, name: 'one', n: 1 });
  await workspace.app({ port: 3000, name: 'two', n: 2 });
  const url = await workspace.share(3000, 'organization');
  await expect.poll(async () => (await workspace.port(3000))?.replicas.length).toBe(2);

  const token = `-HCulvert-Token: ${company.people.colleague.token}`;
  const strangers = new Set<string>();
  await expect(async () => {
    strangers.add((await curl(`${url}/name`, token)).body);
    expect([...strangers].toSorted()).toEqual(['one', 'two']);
  }).toPass();

  const page = await pageOf(company.people.colleague);
  await page.goto(`${url}/`);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^Hello from (one|two)$/);
  const first = (await heading.innerText()).replace('Hello from ', '');
  for (let visit = 0; visit < 10; visit += 1) {
    expect(await page.evaluate(async () => await (await fetch('/name')).text())).toBe(first);
  }
  await workspace.machine(first === 'one' ? 1 : 2).down();
  await page.reload();
  await expectApp(page, first === 'one' ? 'two' : 'one');
});

test('where nothing listens yet the page says so, and becomes the app once it does', async ({
  company,
  workspace,
  pageOf,
}) => {
  const page = await pageOf(company.people.owner);
  await page.goto(`${await workspace.share(3000, 'private')}/`);
  await expectExplained(page, 'notListening');
  await workspace.app({ port: 3000 });
  await expectApp(page);
});

test('while the replica is offline the page says so, and becomes the app once it is back', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.owner);
  await page.goto(`${await workspace.share(3000, 'private')}/`);
  await expectApp(page);
  await workspace.down();
  await page.reload();
  await expectExplained(page, 'offline');
  await workspace.up();
  await workspace.app({ port: 3000 });
  await expectApp(page);
});

test('a workspace without a replica says so', async ({ company, pageOf }) => {
  const empty = await company.workspace(0);
  const page = await pageOf(company.people.owner);
  await page.goto(await empty.share(3000, 'private'));
  await expectExplained(page, 'noReplica');
  await empty.close();
});

test('an agent that restarts on the same machine leaves a public port public', async ({ workspace }) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'public');
  await workspace.stopAgent();
  await workspace.startAgent();
  await expect.poll(async () => (await curl(`${url}/name`)).body).toBe('shop');
  expect(await workspace.port(3000)).toMatchObject({ visibility: 'public', notice: null });
});
