import type { Issuer, PipelineRun, TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { apiPath } from './client.ts';
import { keys } from './keys.ts';
import { pagedQuery } from './pages.ts';

/** Whose identity tokens the team accepts. Admins only. */
export const issuersQuery = (team: string) =>
  pagedQuery<Issuer>([...keys.trust(team), 'issuers'], apiPath`/teams/${team}/issuers`);

/** The rules by which pipelines act for the team. Admins only. */
export const trustedRepositoriesQuery = (team: string) =>
  pagedQuery<TrustedRepository>(
    [...keys.trust(team), 'repositories'],
    apiPath`/teams/${team}/trusted-repositories`,
  );

/** What pipelines did and what they were refused, newest first; `vpn` (an id) narrows it to one VPN. */
export const pipelineRunsQuery = (team: string, filter: { vpn?: string } = {}) =>
  pagedQuery<PipelineRun>([...keys.previews(team), 'runs'], apiPath`/teams/${team}/pipeline-runs`, filter);
