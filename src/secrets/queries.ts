import { queryOptions } from '@tanstack/react-query';
import type { Secret, WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { pagedQuery } from '../api/pages.ts';

/** The secrets of a level: the viewer’s own in this team, or the team’s. */
export const secretsQuery = (team: string, level: Secret['level']) =>
  pagedQuery<Secret>([...keys.secrets(team), level], apiPath`/teams/${team}/secrets`, { level });

/** What a workspace’s replicas get, and how each stands. */
export const workspaceSecretsQuery = (team: string, workspace: string) =>
  queryOptions({
    queryKey: keys.workspaceSecrets(team, workspace),
    queryFn: ({ signal }) =>
      api.get<WorkspaceSecrets>(apiPath`/teams/${team}/workspaces/${workspace}/secrets`, { signal }),
  });
