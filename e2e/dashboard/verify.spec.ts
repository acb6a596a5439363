import { expect, test } from './fixtures.ts';
import { cellOf } from './table.ts';

test('a ping from every replica, with the results as they arrive', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/verify');
  await page.getByLabel('Address').fill('10.250.0.5');
  await page.getByRole('button', { name: 'Run' }).click();
  const results = page.getByRole('region', { name: 'Results of ping 10.250.0.5' });
  await expect(results).toContainText('12 of 12 replicas reached it');
  await expect(await cellOf(results.getByRole('table'), 'search-1', 'Result')).toHaveText(
    'Answered in 12 ms',
  );
});

test('a TCP connection that is refused', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/verify');
  await page.getByLabel('Address').fill('10.250.0.66');
  await page.getByLabel('TCP port (optional)').fill('5432');
  await page.getByRole('button', { name: 'Run' }).click();
  const results = page.getByRole('region', { name: 'Results of TCP 10.250.0.66:5432' });
  await expect(results).toContainText('0 of 12 replicas reached it');
  await expect(results).toContainText('refuses connections on port 5432');
});

test('a replica without a tunnel says that it has none', async ({ page, open }) => {
  await open('/vpns/Berlin%20office/verify');
  await page.getByLabel('Address').fill('10.20.0.5');
  await page.getByRole('button', { name: 'Run' }).click();
  const results = page.getByRole('region', { name: 'Results of ping 10.20.0.5' });
  await expect(results).toContainText('3 of 5 replicas reached it');
  await expect(await cellOf(results.getByRole('table'), 'reports-2', 'Result')).toContainText(/tunnel/);
});

test('an address outside the peer subnets is refused before it is tried', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/verify');
  const address = page.getByLabel('Address');
  await address.fill('10.251.0.5');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await expect(address).toHaveAccessibleDescription(/10\.250\.0\.0\/24/);
  await page.getByRole('button', { name: 'Use 10.250.0.1' }).click();
  await expect(address).toHaveValue('10.250.0.1');
});

test('a link shows the check that somebody else ran', async ({ page, open }) => {
  await open('/vpns/Company%20data%20center/verify');
  await page.getByLabel('Address').fill('10.250.0.99');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page).toHaveURL(/verification=ver_/);
  await expect(page.getByText('No answer from 10.250.0.99').first()).toBeVisible();
});

test('without a replica there is nothing to check from', async ({ page, open }) => {
  await open('/vpns/Staging%20gateway/verify');
  const run = page.getByRole('button', { name: 'Run' });
  await expect(run).toBeDisabled();
  await expect(run).toHaveAccessibleDescription(/no replica to check from/);
});

test.describe('when the replicas are quicker than the answer to the start', () => {
  test.use({ faults: 'late=3000&method=POST&match=/verifications' });

  test('their results are shown all the same', async ({ page, open }) => {
    await open('/vpns/Company%20data%20center/verify');
    await page.getByLabel('Address').fill('10.250.0.5');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect(page).toHaveURL(/verification=/);
    const results = page.getByRole('table', { name: 'Results by replica' });
    await expect(results.getByText(/Answered in/)).toHaveCount(12);
  });
});
