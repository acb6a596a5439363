import type { Page } from '@playwright/test';

/** One state of one page: where it is, and what has to be done to get there. */
export type Shot = {
  name: string;
  scenario: string;
  /** From the site's root; `:team` stands for the team's id, `:link` for the scenario's link of that name. */
  path: string;
  faults?: string;
  prepare?: (page: Page) => Promise<void>;
};

export const team = (path: string) => `/teams/:team${path}`;

/** For pages whose requests fail: what they say is there. */
export const failed = async (page: Page): Promise<void> => {
  await page.getByRole('alert').first().waitFor();
};
