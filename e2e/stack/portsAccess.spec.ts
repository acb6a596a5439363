import type { Page } from '@playwright/test';
import { curl } from './curl.ts';
import { expect, test } from './portFixtures.ts';
import { expectApp, expectExplained, signInHere, visitPublic } from './portSteps.ts';

/** What a page says where there is nothing to see, whatever the reason. */
const mainText = (page: Page) => page.getByRole('main').innerText();

test('a private port shows itself to the owner, who lands on the very path', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'private');
  const page = await pageOf(company.people.owner);
  await page.goto(`${url}/name?from=a%2Flink`);
  await expect(page.getByText('shop', { exact: true })).toBeVisible();
  expect(page.url()).toBe(`${url}/name?from=a%2Flink`);
});

test('to anybody else who is signed in, a private port looks like one that isn’t there', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'private');
  const nowhere = `http://aaaaaaaaaa.localhost:${company.server.port}`;
  for (const person of [company.people.colleague, company.people.admin, company.people.outsider]) {
    const page = await pageOf(person);
    await page.goto(`${url}/name`);
    await expectExplained(page, 'missing');
    const there = await mainText(page);
    await page.goto(`${nowhere}/name`);
    await expectExplained(page, 'missing');
    expect(await mainText(page)).toBe(there);
  }
});

test('a stranger is sent to sign in, for ports that aren’t there too, and lands on the very path', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'private');
  const page = await pageOf(null);
  await page.goto(`http://aaaaaaaaaa.localhost:${company.server.port}/`);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.goto(`${url}/name?from=a%2Flink`);
  await signInHere(page, company.people.owner);
  await expect(page.getByText('shop', { exact: true })).toBeVisible();
  expect(page.url()).toBe(`${url}/name?from=a%2Flink`);
});

test('an organization port opens for members of the team after signing in, and for nobody else', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'organization');
  const colleague = await pageOf(null);
  await colleague.goto(url);
  await signInHere(colleague, company.people.colleague);
  await expectApp(colleague);
  const outsider = await pageOf(company.people.outsider);
  await outsider.goto(url);
  await expectExplained(outsider, 'missing');
});

test('a public port warns a browser once, then opens for anyone', async ({ workspace, pageOf }) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'public');
  const page = await pageOf(null);
  await visitPublic(page, `${url}/name?from=a%2Flink`);
  await expect(page.getByText('shop', { exact: true })).toBeVisible();
  expect(page.url()).toBe(`${url}/name?from=a%2Flink`);
  await page.goto(url);
  await expectApp(page);
  // Programs aren’t warned.
  expect(await curl(`${url}/name`)).toMatchObject({ status: 200, body: 'shop' });
});

test('a page of another port learns that it has to sign in, and isn’t redirected', async ({
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  await workspace.app({ port: 4000, name: 'api' });
  const api = await workspace.share(4000, 'private');
  const page = await pageOf(null);
  await visitPublic(page, await workspace.share(3000, 'public'));
  await expectApp(page);
  const answer = await page.evaluate(async (url) => {
    const { status, redirected, headers } = await fetch(url);
    return { status, redirected, type: headers.get('content-type') };
  }, `${api}/name`);
  expect(answer).toEqual({ status: 401, redirected: false, type: 'application/problem+json' });
});

test('scripts get in with an API token in a header of its own, as far as its owner may', async ({
  company,
  workspace,
}) => {
  const { owner, colleague, outsider } = company.people;
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'private');
  const get = (token: string) => curl(`${url}/echo`, `-HCulvert-Token: ${token}`);
  expect((await get(owner.token)).status).toBe(200);
  expect((await get(colleague.token)).status).toBe(404);
  expect((await curl(`${url}/echo`)).status).toBe(401);
  expect((await get('culv_api_wrong')).status).toBe(401);

  await workspace.change(3000, { visibility: 'organization' });
  expect((await get(colleague.token)).status).toBe(200);
  expect((await get(outsider.token)).status).toBe(404);
  const seen = await curl(
    `${url}/echo`,
    `-HCulvert-Token: ${colleague.token}`,
    '-HAuthorization: Bearer of-the-app',
  );
  expect(seen.body).toContain('"Bearer of-the-app"');
  expect(seen.body.toLowerCase()).not.toContain('culvert-token');
});
