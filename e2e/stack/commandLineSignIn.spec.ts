import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CulvertProcess } from '../lab/culvertProcess.ts';
import { expect, test } from './portFixtures.ts';

test('the command line is signed in by its code in a browser, and out by revoking its token there', async ({
  company,
  pageOf,
}) => {
  const { owner } = company.people;
  const home = await mkdtemp(join(tmpdir(), 'culvert-home-'));
  const culvert = (...args: string[]) => new CulvertProcess(args, { HOME: home, XDG_CONFIG_HOME: home });
  try {
    const login = culvert('login', '--server', company.server.url);
    const [, address = '', code = ''] = await login.printed(/^Open (\S+code=(\S+))$/m, 'stderr');
    const page = await pageOf(owner);
    await page.goto(address);
    await expect(page.getByText(code, { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /is signed in$/ })).toBeVisible();
    expect(await login.exited, login.stderr).toBe(0);
    expect((await stat(join(home, 'culvert/config.json'))).mode & 0o777).toBe(0o600);
    expect(await culvert('vpn', 'list').exited).toBe(0);

    await page.getByRole('link', { name: 'Your API tokens' }).click();
    const mine = page.getByRole('region', { name: 'Your API tokens' }).getByRole('row');
    const row = mine.filter({ hasText: 'by culvert login' });
    await row.getByRole('button', { name: /^Revoke/ }).click();
    await page.getByRole('button', { name: 'Revoke token' }).click();
    await expect(row).toHaveCount(0);
    const refused = culvert('vpn', 'list');
    expect(await refused.exited).toBe(4);
    expect(refused.stderr).toContain('Sign in: culvert login');
  } finally {
    await rm(home, { recursive: true });
  }
});
