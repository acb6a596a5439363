import type { SharedPort } from '../../contract/ports.ts';
import { api } from '../api/client.ts';
import { ApiProblem, isMissing } from '../api/problem.ts';
import { nameOf } from './endWords.ts';
import { portPath } from './portPath.ts';

export type Ending = { act: 'private' | 'stop'; ports: readonly SharedPort[] };

const revisionOf = (current: unknown): number | undefined =>
  typeof current === 'object' &&
  current !== null &&
  'revision' in current &&
  typeof current.revision === 'number'
    ? current.revision
    : undefined;

/** Whatever somebody else has changed about the port meanwhile, it is private afterwards. */
async function makePrivate(team: string, port: SharedPort): Promise<void> {
  const patch = (ifMatch: number) => api.patch(portPath(team, port), { visibility: 'private' }, { ifMatch });
  try {
    await patch(port.revision);
  } catch (error) {
    const now = error instanceof ApiProblem && error.status === 412 ? revisionOf(error.current) : undefined;
    if (now === undefined) throw error;
    await patch(now);
  }
}

/**
 * Makes ports private, or stops forwarding them, one after the other: one that refuses doesn’t keep the others from it, and
 * one that is gone is as good as done. Rejects with an error that names each that refused, with its reason.
 */
export async function endShares(team: string, { act, ports }: Ending): Promise<void> {
  const refused: string[] = [];
  for (const port of ports) {
    const ended = act === 'stop' ? api.delete(portPath(team, port)) : makePrivate(team, port);
    await ended.catch((error: unknown) => {
      if (isMissing(error)) return;
      refused.push(`${nameOf(port)}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  if (refused.length > 0) throw new Error(`Still shared: ${refused.join(' ')}`);
}
