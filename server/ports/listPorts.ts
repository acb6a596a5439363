import { createRoute } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { PortList } from '../../contract/ports.ts';
import type { Port } from '../../contract/ports.ts';
import { portCan } from '../../contract/portAccess.ts';
import { findWorkspace } from '../db/lookup.ts';
import type { Database } from '../db/schema.ts';
import type { Deps, ServerSettings } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json, problems } from '../http/responses.ts';
import { requireTeam } from '../http/teamAccess.ts';
import { asOthersSee, declarationsOf, mergePorts, viewPort } from './mergePorts.ts';
import { loadPortFacts } from './portFacts.ts';
import { WorkspacePortsParams } from './portParams.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/teams/{team}/workspaces/{workspace}/ports',
  tags: ['Ports'],
  summary: 'The ports of a workspace',
  description:
    'What listens in its replicas or is forwarded, for its owner and the admins. Other members see what is shared with them.',
  request: { params: WorkspacePortsParams },
  responses: { 200: json(PortList, 'All of them, by number.'), ...problems(401, 404) },
});

export function registerPortList(app: App, { db, settings }: Deps): void {
  app.openapi(listRoute, async (c) => {
    const { team, actor } = requireTeam(c);
    const workspace = await findWorkspace(db, team.id, c.req.valid('param').workspace);
    const facts = await loadPortFacts(db, settings, workspace);
    const items = mergePorts(facts);
    if (!portCan.seeAll(actor, { ownerId: workspace.owner_id })) {
      return c.json({ items: asOthersSee(items), complete: false, declarationProblem: null }, 200);
    }
    const declarationProblem =
      declarationsOf(facts.replicas).find(({ problem }) => problem !== null)?.problem ?? null;
    return c.json({ items, complete: true, declarationProblem }, 200);
  });
}

/** One port of a workspace as its owner sees it. */
export const readPort = async (
  db: Kysely<Database>,
  settings: ServerSettings,
  workspace: { id: string; team_id: string },
  number: number,
): Promise<Port> => viewPort(await loadPortFacts(db, settings, workspace), number);
