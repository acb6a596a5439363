import type { Kysely, Selectable } from 'kysely';
import { may, type Actor } from '../../contract/permissions.ts';
import { shown } from '../../contract/shownText.ts';
import type { Database, PreviewTable } from '../db/schema.ts';
import { conflict } from '../http/problem.ts';
import { isAdmittedToo } from '../pipelines/pipelineViewer.ts';
import type { PipelineCredential, Viewer } from '../session/viewer.ts';
import { claimPreview } from './claimPreview.ts';
import { findPreview } from './previewRows.ts';
import { requireTrustedVpn } from './trustedVpn.ts';
import { ownerOfPreviews } from './whose.ts';

/** As the body of a request names a preview: by its id, or by what it is of. */
export type Named = {
  teamId: string;
  viewer: Viewer;
  actor: Actor;
  preview: string | null;
  change: string | null;
  repository: string | null;
  /** ISO 8601. */
  now: string;
};

/** Its row, made for the mark where there is none. */
export type Meant = { row: Selectable<PreviewTable>; isNew: boolean };

/**
 * The preview that somebody wants gone. 404 for an id that the viewer doesn’t see; 403 for a pipeline whose rule hasn’t got its VPN
 * any more; 409 for one of another rule, and where several are of the same.
 */
export async function meantPreview(trx: Kysely<Database>, named: Named): Promise<Meant> {
  const { teamId, viewer, preview, change, now } = named;
  if (preview !== null || change === null) {
    return { row: await findPreview(trx, teamId, viewer, preview ?? ''), isNew: false };
  }
  const owner = ownerOfPreviews(viewer, named.repository);
  const { via } = viewer;
  const ofChange = trx
    .selectFrom('preview')
    .innerJoin('workspace', 'workspace.id', 'preview.workspace_id')
    .selectAll('preview')
    .select('workspace.name as workspaceName')
    .select('workspace.owner_id as ownerId')
    .where('preview.team_id', '=', teamId)
    .where('preview.change', '=', change);
  if (via.kind !== 'pipeline') {
    const here = await ofChange
      .where('preview.repository_name', '=', owner.repository.name)
      .orderBy('preview.created_at')
      .orderBy('preview.id')
      .execute();
    const one = theOne(here, named.actor);
    if (one) return { row: one, isNew: false };
  } else {
    const here = await ofChange
      .where('preview.source', '=', owner.source)
      .where('preview.repository_id', '=', owner.repository.id)
      .orderBy('preview.created_at')
      .execute();
    const isOwn = (row: Here) => row.trust_rule_id === owner.trustRuleId;
    if (here.length > 0 && !here.some(isOwn)) return { row: await admittedOne(trx, via, here), isNew: false };
  }
  const claimed = await claimPreview(trx, { teamId, owner, change, userId: viewer.userId, now });
  requireTrustedVpn(viewer, claimed.row);
  return claimed;
}

type Here = Selectable<PreviewTable> & { workspaceName: string; ownerId: string };

/** Of those that are of the same, that which this person may take down; any where that is none, which is refused later. */
function theOne(here: readonly Here[], actor: Actor): Here | undefined {
  const own = here.filter((row) => may.manageWorkspace(actor, row).allowed);
  const [first, ...more] = own.length === 0 ? here.slice(0, 1) : own;
  if (!first || more.length === 0) return first;
  const list = own.map((row) => `${row.id} (workspace ${row.workspaceName})`).join(', ');
  throw conflict(
    'preview_ambiguous',
    `There are ${own.length} previews of ${shown(first.change)} of ${shown(first.repository_name)}: ${list}. Say which by its id.`,
  );
}

/** That whose rule lets in this job as well. Saying that there is none would leave it standing unnoticed. */
async function admittedOne(
  trx: Kysely<Database>,
  via: PipelineCredential,
  rows: readonly Here[],
): Promise<Here> {
  for (const row of rows) {
    const rule = { ruleId: row.trust_rule_id, vpnId: row.vpn_id };
    if (await isAdmittedToo(trx, via, rule)) return row;
  }
  const what = rows[0] ? `${shown(rows[0].change)} of ${shown(rows[0].repository_name)}` : '';
  throw conflict(
    'preview_of_other_rule',
    `The preview ${what} was made under another rule than the one that lets this job in, so this job can’t take it down. One rule has to admit both jobs: an admin can see to that in Settings, Trusted repositories. Until then its owner or an admin can take it down, or its time ends it.`,
  );
}
