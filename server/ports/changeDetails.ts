import type { Kysely, Selectable } from 'kysely';
import type { PortChange } from '../../contract/ports.ts';
import { recordActivities, type ActivityEntry } from '../activity/record.ts';
import { protocolOf, searchOf } from '../db/portRow.ts';
import type { Database, PortTable } from '../db/schema.ts';
import { makePrivate } from './makePrivate.ts';
import { deedsOf, entryOf, type DeedContext } from './portActivity.ts';

export type PortRow = Selectable<PortTable>;

/**
 * Sets label and protocol of a port as far as they are given and differ. A public http port that becomes https is private
 * from then on: whoever was shown the one hasn’t been shown the other. Returns whether that happened.
 */
export async function changeDetails(
  trx: Kysely<Database>,
  row: PortRow,
  change: PortChange,
  by: DeedContext,
): Promise<boolean> {
  const next = {
    ...row,
    label: change.label === undefined ? row.label : change.label,
    protocol: change.protocol ?? row.protocol,
  };
  if (next.label === row.label && next.protocol === row.protocol) return false;
  const deeds = deedsOf(row.number, by.workspace.name);
  const entries: ActivityEntry[] = [];
  if (next.label !== row.label) {
    entries.push(entryOf(next.label === null ? deeds.unlabelled() : deeds.labelled(), by));
  }
  if (protocolOf(next) !== protocolOf(row)) {
    entries.push(entryOf(deeds.protocolChanged(protocolOf(next)), by));
  }
  await trx
    .updateTable('port')
    .set((eb) => ({
      label: next.label,
      protocol: next.protocol,
      search: searchOf(next),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute();
  await recordActivities(trx, entries);

  const staysPublic = row.visibility === 'public' && (change.visibility ?? 'public') === 'public';
  if (!staysPublic || !becomesHttps(row, next)) return false;
  await makePrivate(trx, [{ ...row, ...by }], { reason: 'https', now: by.now });
  return true;
}

type Spoken = Parameters<typeof protocolOf>[0];

export const becomesHttps = (before: Spoken, after: Spoken): boolean =>
  protocolOf(before) === 'http' && protocolOf(after) === 'https';
