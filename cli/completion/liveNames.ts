import type { Page } from '../../contract/lists.ts';
import type { PortList } from '../../contract/ports.ts';
import type { Secret } from '../../contract/secretsApi.ts';
import { apiPath, type Api } from '../api.ts';
import { readConfig } from '../config.ts';
import { chosenServer, connect } from '../connection.ts';
import type { Context } from '../context.ts';
import type { CommonOptions } from '../invocation.ts';
import type { Candidate } from './candidates.ts';

type Given = ReadonlyMap<string, string>;

/** Names for completion, by the options that were typed already. They never fail: nobody reads an error there. */
export type LiveNames = {
  servers(): Promise<string[]>;
  teams(given: Given): Promise<string[]>;
  vpns(given: Given): Promise<string[]>;
  workspaces(given: Given): Promise<string[]>;
  ports(given: Given): Promise<Candidate[]>;
  secrets(given: Given): Promise<string[]>;
};

/** Milliseconds. Whoever pressed Tab is waiting. */
const PATIENCE_MS = 1500;

/** More than fits on a screen; a longer prefix finds the rest, since shells ask again. */
const LIMIT = 200;

export function createLiveNames(context: Context): LiveNames {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const commonOf = (given: Given): CommonOptions => {
    const { env } = context;
    const pick = (name: string, variable: string) => given.get(name) ?? env[variable];
    const [server, team, workspace] = [
      pick('server', 'CULVERT_SERVER'),
      pick('team', 'CULVERT_TEAM'),
      pick('workspace', 'CULVERT_WORKSPACE'),
    ];
    return { ...(server ? { server } : {}), ...(team ? { team } : {}), ...(workspace ? { workspace } : {}) };
  };

  /** What `ask` finds in the team that is meant; nothing where it can’t be asked. */
  async function inTeam<Found>(given: Given, ask: (api: Api) => Promise<Found[]>): Promise<Found[]> {
    try {
      return await ask((await connect({ ...context, signal }, commonOf(given))).teamApi);
    } catch {
      return [];
    }
  }
  const names = (given: Given, path: string) =>
    inTeam(given, async (api) => {
      const { items } = await api.get<Page<{ name: string }>>(path, { query: { limit: LIMIT } });
      return items.map(({ name }) => name);
    });

  return {
    vpns: (given) => names(given, '/vpns'),
    workspaces: (given) => names(given, '/workspaces'),
    secrets: (given) =>
      inTeam(given, async (api) => {
        const level = given.has('ofTeam') ? 'team' : 'member';
        const { items } = await api.get<Page<Secret>>('/secrets', { query: { level, limit: LIMIT } });
        return items.map(({ name }) => name);
      }),
    ports: (given) =>
      inTeam(given, async (api) => {
        const { workspace } = commonOf(given);
        if (!workspace) return [];
        const { items } = await api.get<PortList>(apiPath`/workspaces/${workspace}/ports`);
        return items.map(({ port, label, process }) => ({
          value: String(port),
          description: label ?? process ?? '',
        }));
      }),
    servers: async () => {
      const config = await readConfig(context.configFile).catch(() => null);
      return Object.keys(config?.servers ?? {});
    },
    teams: async (given) => {
      try {
        const server = await chosenServer(context, commonOf(given));
        const known = (await readConfig(context.configFile)).servers[server ?? ''];
        return (known?.teams ?? []).map(({ name }) => name);
      } catch {
        return [];
      }
    },
  };
}
