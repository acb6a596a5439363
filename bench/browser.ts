import { chromium, type Browser, type Locator, type Page } from '@playwright/test';
import { chromiumPath } from '../e2e/chromium.ts';
import type { Company } from '../e2e/lab/company.ts';
import { signIn } from '../e2e/stack/pages.ts';

/** Chromium on the company's dashboard, signed in as its admin. */
export async function openDashboard(
  company: Pick<Company, 'server' | 'admin'>,
): Promise<{ browser: Browser; page: Page }> {
  // Playwright would end this process on a signal, before the lab is taken down.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath: chromiumPath(), ...signals });
  const page = await browser.newPage({ baseURL: company.server.url });
  await signIn(page, company);
  return { browser, page };
}

/** Presses a button. Resolves with when the browser got the press, in milliseconds since the epoch. */
export async function press(page: Page, button: Locator): Promise<number> {
  await page.evaluate(() => {
    addEventListener(
      'pointerdown',
      ({ timeStamp }) => {
        document.documentElement.dataset['pressedAt'] = String(performance.timeOrigin + timeStamp);
      },
      { capture: true, once: true },
    );
  });
  await button.click();
  return Number(await page.locator('html').getAttribute('data-pressed-at'));
}
