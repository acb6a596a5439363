import type { TrialReplica } from '../../../contract/vpnTrials.ts';
import { apiPath } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { pagedQuery } from '../../api/pages.ts';

/**
 * Replicas that settings can be tested with, those of `vpn`’s workspaces first. Kept with the workspaces: what comes and
 * goes is announced with them.
 */
export const trialReplicasQuery = (team: string, vpn: string | null, search: string) =>
  pagedQuery<TrialReplica>(
    [...keys.workspaces(team), 'trial-replicas'],
    apiPath`/teams/${team}/vpn-trials/replicas`,
    { vpn: vpn ?? undefined, search },
  );
