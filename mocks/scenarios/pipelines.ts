import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import { diagnosisReport } from '../agents/diagnosisReport.ts';
import { DAY, HOUR, MINUTE } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import { issuerUrls } from '../world/outside.ts';
import { PipelineJob } from '../world/pipelineJob.ts';
import type { World } from '../world/world.ts';
import type { Scenario } from './scenario.ts';
import { establishedTeam } from './teams.ts';
import { berlinOffice, companyDataCenter } from './vpns.ts';
import { addWorkspace } from './workspaces.ts';

const acme = { id: '90125', name: 'acme' };
const storefront = { id: '520417', name: 'acme/storefront' };

/** Claims of a pull request’s run of a repository at GitHub. */
const atGithub = (repository: { id: string; name: string }, owner: { id: string; name: string }) => ({
  repository: repository.name,
  repository_id: repository.id,
  repository_owner: owner.name,
  repository_owner_id: owner.id,
  event_name: 'pull_request',
  ref: 'refs/pull/412/merge',
});

/**
 * Pipelines of two services: a repository whose previews come and go, one that waits to be confirmed, a rule whose maker is no
 * admin any more, and runs that were refused.
 */
export const pipelines: Scenario = async (world) => {
  const team = await establishedTeam(world);
  await world.clock.ago(40 * DAY, async () => {
    const ada = await team.as('ada');
    world.fleet.script(companyDataCenter.name, '*', { kind: 'up', bytesIn: 4_300_000, bytesOut: 820_000 });
    await ada.createVpn(companyDataCenter);
    await ada.createVpn(berlinOffice);
    await addWorkspace(world, team, 'storefront', { replicas: 2 });
    await ada.connect(companyDataCenter.name, 'storefront');
    await world.settled();
  });
  await makeRules(world, team);
  await makePreviews(world, team);
  await makeRefusals(world, team);
  return { teamId: team.id, signedInAs: 'ada', links: {} };
};

async function makeRules({ clock }: World, team: FoundedTeam): Promise<void> {
  await clock.ago(30 * DAY, async () => {
    const [ada, tomas] = [await team.as('ada'), await team.as('tomas')];
    const { id: dataCenter } = await ada.vpn(companyDataCenter.name);
    const github = await ada.addIssuer({ provider: 'github', url: issuerUrls.github });
    const gitlab = await ada.addIssuer({ provider: 'gitlab', url: issuerUrls.ownGitlab });
    await ada.trust({
      issuer: github.id,
      owner: acme,
      repository: storefront,
      events: ['pull_request'],
      vpns: [dataCenter],
    });
    await ada.trust({
      issuer: github.id,
      owner: { name: 'acme', id: null },
      repository: { name: 'acme/checkout', id: null },
      vpns: [dataCenter],
    });
    await ada.trust({
      issuer: gitlab.id,
      owner: { name: 'warehouse', id: '77' },
      repository: null,
      refs: ['main', 'release'],
      protectedOnly: true,
    });
    await ada.trust({
      issuer: gitlab.id,
      owner: { name: 'billing', id: null },
      repository: { name: 'billing/api', id: null },
      vpns: [dataCenter],
    });
    await tomas.trust({
      issuer: github.id,
      owner: acme,
      repository: { id: '520999', name: 'acme/legacy-shop' },
      environments: ['preview'],
    });
  });
  await clock.ago(6 * DAY, async () => {
    const ada = await team.as('ada');
    const tomas = (await ada.members()).items.find(({ name }) => name.startsWith('Tomás'));
    if (tomas) await ada.changeRole(tomas.id, 'member');
  });
}

async function makePreviews(world: World, team: FoundedTeam): Promise<void> {
  const { clock, fleet } = world;
  const job = jobAt(world, team, 'github', issuerUrls.github, atGithub(storefront, acme));
  await clock.ago(2 * DAY, async () => {
    await job.end(await job.up(companyDataCenter.name, '398', 'runner-398'));
    await job.down('398');
  });
  await clock.ago(5 * HOUR, async () => {
    await job.end(await job.up(companyDataCenter.name, '407', 'runner-407'));
  });
  await clock.ago(40 * MINUTE, async () => {
    fleet.script(companyDataCenter.name, 'runner-411', {
      kind: 'failed',
      diagnosis: diagnosisReport('psk_differs_v1'),
    });
    const up = await job.up(companyDataCenter.name, '411', 'runner-411');
    await job.end(up, 'The tunnel of runner-411 failed: the pre-shared keys differ.');
  });
  await clock.ago(MINUTE, async () => {
    await job.up(companyDataCenter.name, '412', 'runner-412');
  });
}

async function makeRefusals(world: World, team: FoundedTeam): Promise<void> {
  const { clock } = world;
  const github = (claims: Record<string, unknown>) => jobAt(world, team, 'github', issuerUrls.github, claims);
  const docs = atGithub({ id: '611200', name: 'acme/docs' }, acme);
  const nightly = { ...atGithub(storefront, acme), event_name: 'schedule', ref: 'refs/heads/main' };
  const checkout = atGithub({ id: '520833', name: 'acme/checkout' }, acme);
  const stranger = atGithub(
    { id: '902211', name: 'acme-inc/storefront' },
    { id: '811734', name: 'acme-inc' },
  );
  await clock.ago(3 * HOUR, () => github(nightly).isRefused());
  await clock.ago(2 * HOUR, () => github(stranger).isRefused());
  await clock.ago(50 * MINUTE, () => github(checkout).isRefused());
  await clock.ago(12 * MINUTE, () => github(docs).isRefused());
}

const jobAt = (
  world: World,
  team: FoundedTeam,
  provider: PipelineProvider,
  issuer: string,
  claims: Readonly<Record<string, unknown>>,
) => new PipelineJob(world, team.id, { provider, issuer, claims });
