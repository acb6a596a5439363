import type { Kysely } from 'kysely';
import { whenItListens } from '../../contract/ignoredPorts.ts';
import type { Database, PortTable } from '../db/schema.ts';
import { addPort, roomForPorts } from './addPort.ts';
import { wishFor, type Declared } from './declarations.ts';

/**
 * Forwards, privately, what nobody has said anything about yet: ports that devcontainer.json wants forwarded, and ports
 * that listen and are for forwarding. At the limit the rest stays as it is, for its owner to choose. None of this is
 * activity: nobody did it, and nobody else is let in.
 */
export async function autoForward(
  trx: Kysely<Database>,
  workspaceId: string,
  { declared, listening, now }: { declared: Declared; listening: Iterable<number>; now: number },
): Promise<void> {
  const origins = new Map<number, PortTable['origin']>();
  for (const [number, { forward }] of declared.byNumber) if (forward) origins.set(number, 'devcontainer');
  for (const number of [...listening].toSorted((a, b) => a - b)) {
    if (origins.has(number) || whenItListens(number, wishFor(declared, number)) !== 'forward') continue;
    origins.set(number, 'auto');
  }
  if (origins.size === 0) return;
  const known = await trx
    .selectFrom('port')
    .select('number')
    .where('workspace_id', '=', workspaceId)
    .where('number', 'in', [...origins.keys()])
    .execute();
  for (const { number } of known) origins.delete(number);
  if (origins.size === 0) return;

  const added = [...origins].slice(0, await roomForPorts(trx, workspaceId, origins.size));
  for (const [number, origin] of added) {
    const names = { label: null, protocol: null, declared: declared.byNumber.get(number) };
    await addPort(trx, { workspaceId, number, origin, ...names }, now);
  }
}
