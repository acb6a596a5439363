import { test as base } from '@playwright/test';
import type { Page as List } from '../../contract/lists.ts';
import type { PipelineRun } from '../../contract/pipelines/pipelines.ts';
import type { Preview } from '../../contract/previews.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import { PipelineCompany } from './pipelineCompany.ts';

export { expect } from '@playwright/test';

type WorkerFixtures = { company: PipelineCompany };

/** The real server, gateway and tunnels, issuers of identity tokens, and runners; one company for all tests of a worker. */
export const test = base.extend<object, WorkerFixtures>({
  company: [
    async ({}, use, { parallelIndex }) => {
      const company = await PipelineCompany.start({
        prefix: `pipe${parallelIndex}`,
        port: 8690 + parallelIndex,
      });
      await use(company);
      await company.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

export const workspacesOf = async ({ api, team }: PipelineCompany): Promise<Workspace[]> =>
  (await api.get<List<Workspace>>(`${team}/workspaces`)).items;

export const previewsOf = async ({ api, team }: PipelineCompany): Promise<Preview[]> =>
  (await api.get<List<Preview>>(`${team}/previews`)).items;

/** The newest first. */
export const runsOf = async ({ api, team }: PipelineCompany): Promise<PipelineRun[]> =>
  (await api.get<List<PipelineRun>>(`${team}/pipeline-runs`)).items;
