import { guideVpn } from '../e2e/lab/companyVpns.ts';
import { PipelineCompany } from '../e2e/stack/pipelineCompany.ts';
import { pullRequest, startAction } from '../e2e/stack/pipelineJobs.ts';
import { ByHand } from './byHand.ts';
import { dropWithoutTunnel, pingPrivateHost } from './pings.ts';
import { startByHand } from './saveToPing.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

/**
 * From the start of the GitHub action’s step on a runner that has nothing of Culvert to the first answered ping: the command line
 * is downloaded, the job’s identity token exchanged, the preview made, the agent installed and its tunnel brought up.
 */
export async function measurePreviewUp(rounds: number, backend: 'kernel' | 'libipsec'): Promise<Row> {
  const company = await PipelineCompany.start({ prefix: 'benchup', port: 8694 });
  const { lab } = company;
  const taken: Record<'action' | 'byHand', number[]> = { action: [], byHand: [] };
  try {
    for (const n of [1, 2]) await dropWithoutTunnel(lab.replica(n));
    const hand = new ByHand(lab.replica(2), lab.folder, backend);
    for (let round = 0; round < rounds; round += 1) {
      taken.action.push(await runAction(company));
      taken.byHand.push(await startByHand(hand, guideVpn));
    }
  } finally {
    await company.close();
  }
  return {
    what: 'The GitHub action’s step (“preview up”) to the first answered ping, ms',
    culvert: spreadOf(taken.action),
    byHand: spreadOf(taken.byHand),
    limit: null,
  };
}

/** Each time the first run of a pull request, on a new runner. */
async function runAction(company: PipelineCompany): Promise<number> {
  const runner = await company.runner(1);
  const pings = pingPrivateHost(company.lab.replica(1));
  const startedAt = Date.now();
  const job = startAction(company, runner, pullRequest(1));
  const { at } = await pings.answered(startedAt);
  const { code, stderr } = await job.ended;
  await pings.stop();
  await company.removeWorkspaces();
  await runner.down();
  if (code !== 0) throw new Error(`The step failed:\n${stderr}`);
  return at - startedAt;
}
