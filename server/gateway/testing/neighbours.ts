import { createPortWorld, type TestPort } from './portWorld.ts';
import type { Ask } from './requests.ts';

/** A private port with its owner’s cookie, another port beside it, and a public one of a stranger’s workspace. */
export async function createNeighbours() {
  const world = await createPortWorld();
  const port = await world.addPort();
  const sibling = await world.addPort({ number: 4000 });
  await world.db
    .insertInto('workspace')
    .values({
      id: 'ws_evil',
      team_id: world.otherTeam.id,
      name: 'evil',
      owner_id: world.stranger.id,
      created_at: '2026',
    })
    .execute();
  await world.addReplica({ workspaceId: 'ws_evil' });
  const stranger = await world.addPort({ workspace_id: 'ws_evil', visibility: 'public' });
  const cookie = await world.giveCookie(port, world.owner.id);

  /** `passes`, or the status and code of the refusal; with the owner’s cookie, unless headers say otherwise. */
  async function outcome(ask: Ask, at: TestPort = port): Promise<string> {
    const verdict = await world.admit(at, { ...ask, headers: { cookie, ...ask.headers } });
    if (verdict.kind === 'forward') return 'passes';
    const { status, headers } = verdict.response;
    return `${status} ${headers.get('culvert-problem') ?? ''}`;
  }
  return { world, port, sibling, stranger, cookie, outcome };
}
export type Neighbours = Awaited<ReturnType<typeof createNeighbours>>;
