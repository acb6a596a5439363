import type { Kysely } from 'kysely';
import { explainDiagnosis } from '../../contract/diagnoses.ts';
import type { Activity } from '../../contract/team.ts';
import { VpnSettings } from '../../contract/vpns.ts';
import { recordActivity } from '../activity/record.ts';
import { DiagnosisReport } from '../agents/tunnelRows.ts';
import { readJson, readTexts } from '../db/json.ts';
import type { Database } from '../db/schema.ts';
import { movedWorkspaces, type RolloutReplicaRow, type RolloutRow } from '../db/underWay.ts';

export type Deed = 'started' | 'completed' | 'failed' | 'rolled-back' | 'paused' | 'resumed';

/** A rollout with the names of its VPNs. */
export type NamedRollout = RolloutRow & { vpnName: string; toName: string | null };

export const findNamed = (db: Kysely<Database>) =>
  db
    .selectFrom('rollout')
    .innerJoin('vpn', 'vpn.id', 'rollout.vpn_id')
    .leftJoin('vpn as other', 'other.id', 'rollout.to_vpn_id')
    .selectAll('rollout')
    .select(['vpn.name as vpnName', 'other.name as toName']);

const counted = (count: number, one: string, many = `${one}s`) =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/** “the change of the VPN Office” · “the move of 2 workspaces from the VPN Office to Office 2”. */
export function nameOf(rollout: NamedRollout): string {
  if (rollout.kind === 'change') return `the change of the VPN ${rollout.vpnName}`;
  const { length } = movedWorkspaces(rollout);
  const workspaces = length === 0 ? '' : ` of ${counted(length, 'workspace')}`;
  return `the move${workspaces} from the VPN ${rollout.vpnName} to ${rollout.toName ?? ''}`;
}

/** Why a replica went back, as the end of a sentence: “api-1 (Pre-shared key differs)”. */
export function whyOf(rollout: RolloutRow, row: RolloutReplicaRow): string {
  if (row.diagnosis === null) return row.reason === null ? '' : ` (${row.reason.replace(/\.$/, '')})`;
  const settings = readJson(VpnSettings, rollout.tried_settings);
  return ` (${explainDiagnosis(readJson(DiagnosisReport, row.diagnosis), settings, row.local_id).short})`;
}

type Told = {
  rollout: NamedRollout;
  deed: Deed;
  actor: Activity['actor'];
  now: number;
  /** With failed, and with paused by the runner: who went back. */
  because?: RolloutReplicaRow;
  /** With started and completed: replicas that take part, and those that get the settings without a try. */
  replicas?: { tried: number; skipped: number };
};

/** Adds what happened to the team’s activity, in the words of the rollout’s kind. */
export async function recordRollout(trx: Kysely<Database>, told: Told): Promise<void> {
  const { rollout, deed, actor, now } = told;
  await recordActivity(trx, {
    teamId: rollout.team_id,
    now,
    actor,
    action: `vpn.${rollout.kind}-${deed}`,
    subject: { kind: 'vpn', id: rollout.vpn_id, name: rollout.vpnName },
    summary: summaryOf(told),
  });
}

const pace: Record<RolloutRow['strategy'], string> = {
  'one-by-one': 'one by one',
  'all-at-once': 'one first, then all others together',
  immediately: 'all at once',
};

function summaryOf({ rollout, deed, because, replicas }: Told): string {
  const name = nameOf(rollout);
  const back = because ? `${because.replica_name} went back${whyOf(rollout, because)}` : '';
  const tried = counted(replicas?.tried ?? 0, 'replica');
  switch (deed) {
    case 'started': {
      const what = rollout.kind === 'change' ? `: ${readTexts(rollout.changed).join(', ')}` : '';
      return `Began ${name}${what}. It goes to ${tried}, ${pace[rollout.strategy]}.`;
    }
    case 'completed': {
      const others = replicas?.skipped ?? 0;
      const rest =
        others === 0 ? '' : ` ${counted(others, 'other')} that couldn’t try it out got it without.`;
      return `Completed ${name}: it holds on ${tried}.${rest}`;
    }
    case 'failed':
      return `Gave up ${name}: ${back}. Everything is as it was.`;
    case 'paused':
      return because ? `Paused ${name}: ${back}.` : `Paused ${name}.`;
    case 'resumed':
      return `Resumed ${name}.`;
    case 'rolled-back':
      return `Took back ${name}: everything is as it was.`;
  }
}
