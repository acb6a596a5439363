import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openDashboard } from '../browser.ts';
import type { Rig } from './rig.ts';

const program = new URL('listen.ts', import.meta.url).pathname;
const FIRST = 4001;

/** Milliseconds from `listen()` in the workspace until Chromium draws the port’s row in the Ports tab. */
export async function measureListenToRow(rig: Rig, times: number): Promise<number[]> {
  const { company, workspace } = rig;
  const { browser, page } = await openDashboard({ server: company.server, admin: company.people.owner });
  try {
    await page.goto(`${workspace.path}/ports`);
    await page.getByRole('region', { name: 'Ports' }).waitFor();
    const taken: number[] = [];
    for (let n = 0; n < times; n += 1) {
      // The agent looks at an interval of its own: the ports begin all over it.
      await new Promise((resolve) => setTimeout(resolve, (n * 750) / times));
      taken.push(await listenToRow(rig, page, FIRST + n));
    }
    return taken;
  } finally {
    await browser.close();
  }
}

async function listenToRow({ machine, company }: Rig, page: Page, port: number): Promise<number> {
  // Looks before each frame that the browser draws.
  const seen = page.waitForFunction(
    (text) => {
      const cells = [...document.querySelectorAll('table *')];
      return cells.some(({ textContent }) => textContent === text) && Date.now();
    },
    String(port),
    { polling: 'raf', timeout: 10_000 },
  );
  const listening = machine.run(
    [process.execPath, program, String(port)],
    join(company.lab.folder, 'bench-app.log'),
  );
  const [handle] = await Promise.all([seen, listening.printed('listening since')]);
  const at = Number(await handle.jsonValue());
  await listening.stop();
  return at - Number(/since (\d+)/.exec(listening.output)?.[1]);
}
