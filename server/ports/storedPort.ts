import type { Kysely, Selectable } from 'kysely';
import type { Database, PortTable } from '../db/schema.ts';

/** A row with the name of whoever shared it. */
export type StoredPort = Selectable<PortTable> & { sharedByName: string | null };

/** The rows of a workspace, by number. */
export const selectPorts = (db: Kysely<Database>, workspaceId: string) =>
  db
    .selectFrom('port')
    .leftJoin('user as sharer', 'sharer.id', 'port.shared_by')
    .selectAll('port')
    .select('sharer.name as sharedByName')
    .where('port.workspace_id', '=', workspaceId);

/** A port that was forwarded by itself and that nobody has said anything about: it goes when its process does. */
export const isUntouched = (
  row: Pick<StoredPort, 'origin' | 'visibility' | 'label' | 'protocol' | 'notice_reason'>,
): boolean =>
  row.origin === 'auto' &&
  row.visibility === 'private' &&
  row.label === null &&
  row.protocol === null &&
  row.notice_reason === null;
