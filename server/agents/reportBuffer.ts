import type { TunnelReport } from '../../contract/agentProtocol.ts';
import type { Topic } from '../../contract/events.ts';
import { portTopics } from '../ports/announcePorts.ts';
import type { Connection } from './connection.ts';
import type { HubDeps } from './hub.ts';
import { storeGoodbyes, storeReports } from './storeReports.ts';

/** Milliseconds that reports wait for others: a commit for each would block the server when many replicas speak at once. */
const BATCH_MS = 50;
/** Milliseconds until the next try where the database failed. */
const RETRY_MS = 2_000;
const LAST_STATES_MAX = 1_000;

/** What replicas said about their tunnels, and which went away, until it is written: together, in one transaction. */
export type ReportBuffer = {
  add(connection: Connection, reports: readonly TunnelReport[], complete: boolean): void;
  goodbye(connection: Connection): void;
  /** Writes what waits; resolves when it is written. */
  flush(): Promise<void>;
  stop(): void;
};

export type PendingReports = {
  replicaId: string;
  workspaceId: string;
  teamId: string;
  reports: Map<string, TunnelReport>;
  /** Whether tunnels that aren't among the reports are gone. */
  complete: boolean;
  /** Whether more than counters changed, so that lists have to be read again. */
  changed: boolean;
};

export type Goodbye = { connectionId: string; workspaceId: string; teamId: string; at: string };

const stateText = (report: TunnelReport) =>
  [
    report.state,
    report.appliedRevision,
    report.diagnosis?.code,
    report.change?.revision,
    report.change?.state,
  ].join(' ');

export function createReportBuffer({ db, clock, bus, log }: HubDeps): ReportBuffer {
  let pending = new Map<string, PendingReports>();
  let goodbyes: Goodbye[] = [];
  let cancelTimer: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();
  let stopped = false;

  const schedule = (ms: number) => {
    if (!stopped) cancelTimer ??= clock.after(ms, () => void flush());
  };

  async function write(): Promise<void> {
    const batch = [...pending.values()];
    const gone = goodbyes;
    if (batch.length === 0 && gone.length === 0) return;
    pending = new Map();
    goodbyes = [];
    try {
      const now = new Date(clock.now()).toISOString();
      const { vpnsOfGone, written } = await db.transaction().execute(async (trx) => ({
        vpnsOfGone: await storeGoodbyes(trx, gone),
        written: await storeReports(trx, batch, now),
      }));
      announceReports(batch, written);
      announceGoodbyes(gone, vpnsOfGone);
    } catch (error) {
      log.error(
        { err: error, replicas: batch.length },
        'Could not store what replicas reported; trying again',
      );
      for (const entry of batch) {
        const newer = pending.get(entry.replicaId);
        pending.set(entry.replicaId, newer ? merge(entry, newer) : entry);
      }
      goodbyes = [...gone, ...goodbyes];
      schedule(RETRY_MS);
    }
  }

  /** Names what was written, never what a replica merely speaks of. */
  function announceReports(batch: PendingReports[], written: Map<string, string[]>): void {
    for (const { replicaId, teamId, workspaceId, changed } of batch) {
      const vpns = (written.get(replicaId) ?? []).map((id): Topic => `vpn:${id}`);
      const topics: Topic[] = [`workspace:${workspaceId}`, ...vpns];
      bus.publish(teamId, changed ? [...topics, 'vpns', 'workspaces'] : topics);
    }
  }

  function announceGoodbyes(gone: Goodbye[], vpnsOfGone: Map<string, string[]>): void {
    for (const { teamId, workspaceId } of gone) {
      const vpns = (vpnsOfGone.get(workspaceId) ?? []).map((id): Topic => `vpn:${id}`);
      const ports = portTopics([workspaceId]);
      bus.publish(teamId, [`workspace:${workspaceId}`, 'workspaces', 'vpns', ...vpns, ...ports]);
    }
  }

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    writing = writing.then(write);
    return writing;
  }

  return {
    add(connection, reports, complete) {
      const { replica, access, lastStates } = connection;
      if (!replica) return;
      const entry: PendingReports = {
        replicaId: replica.id,
        workspaceId: access.workspaceId,
        teamId: access.teamId,
        reports: new Map(reports.map((report) => [report.vpnId, report])),
        complete,
        changed: complete || reports.some((report) => lastStates.get(report.vpnId) !== stateText(report)),
      };
      // What an agent invents must not pile up here; forgetting costs no more than reading a list once again.
      if (complete || lastStates.size > LAST_STATES_MAX) lastStates.clear();
      for (const report of reports) lastStates.set(report.vpnId, stateText(report));
      const older = pending.get(replica.id);
      pending.set(replica.id, older ? merge(older, entry) : entry);
      schedule(BATCH_MS);
    },
    goodbye({ id, access }) {
      goodbyes.push({
        connectionId: id,
        workspaceId: access.workspaceId,
        teamId: access.teamId,
        at: new Date(clock.now()).toISOString(),
      });
      schedule(BATCH_MS);
    },
    flush,
    stop() {
      stopped = true;
      cancelTimer?.();
    },
  };
}

const merge = (older: PendingReports, newer: PendingReports): PendingReports =>
  newer.complete
    ? { ...newer, changed: true }
    : {
        ...newer,
        reports: new Map([...older.reports, ...newer.reports]),
        complete: older.complete,
        changed: older.changed || newer.changed,
      };
