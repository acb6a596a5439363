import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import type { PersonName } from '../world/people.ts';
import type { World } from '../world/world.ts';

type Plan = { owner?: PersonName; replicas?: number; ipsec?: IpsecCapability };

/** A workspace whose machines joined with its join command: `<name>-1`, `<name>-2` and so on. */
export async function addWorkspace(
  world: World,
  team: FoundedTeam,
  name: string,
  plan: Plan = {},
): Promise<void> {
  const { owner = 'ada', replicas = 1, ipsec } = plan;
  const api = await team.as(owner);
  await api.createWorkspace(name);
  if (replicas === 0) return;
  const { token } = await api.joinToken(name);
  for (let number = 1; number <= replicas; number++)
    await world.fleet.join(token, `${name}-${number}`, ipsec);
  await world.settled();
}

/** What an agent says of a machine that can't do IPsec. */
export const unprivileged: IpsecCapability = {
  supported: false,
  backend: null,
  strongswanVersion: '5.9.8',
  code: 'not_root',
  reason: 'The agent runs without the rights to change addresses and routes (CAP_NET_ADMIN is missing).',
  fix: 'docker run --cap-add NET_ADMIN …',
};
