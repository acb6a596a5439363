import { ignoredBecause, whenItListens } from '../../contract/ignoredPorts.ts';
import type { Ref } from '../../contract/lists.ts';
import type { Port } from '../../contract/ports.ts';
import { effectiveVisibility, type PortPolicy } from '../../contract/visibility.ts';
import { labelOf, protocolOf } from '../db/portRow.ts';
import { mergeDeclarations, wishFor, type Declaration } from './declarations.ts';
import { isUntouched, type StoredPort } from './storedPort.ts';

/** Everything that decides what the ports of one workspace look like. */
export type PortFacts = {
  rows: readonly StoredPort[];
  /** By ordinal. */
  replicas: readonly ReplicaFacts[];
  policy: PortPolicy;
  /** Where the port with this label of a host is reached; null where this server forwards none. */
  urlOf: (host: string) => string | null;
};

export type ReplicaFacts = Ref & {
  online: boolean;
  declaration: Declaration | null;
  /** The process of each port that listens in it, as it last said. */
  listening: ReadonlyMap<number, string | null>;
};

/** What listens, what is forwarded and what is declared as one list by number. Reads nothing but its argument. */
export function mergePorts(facts: PortFacts): Port[] {
  const numbers = new Set(facts.rows.map((row) => row.number));
  for (const { listening } of facts.replicas) for (const number of listening.keys()) numbers.add(number);
  const view = portViewer(facts);
  return [...numbers]
    .toSorted((a, b) => a - b)
    .map(view)
    .filter(({ listed }) => listed)
    .map(({ port }) => port);
}

/** One port as it is shown, whether the list holds it or not. */
export const viewPort = (facts: PortFacts, number: number): Port => portViewer(facts)(number).port;

/** What members see who neither own the workspace nor administer the team: what they may reach, and not how it runs. */
export const asOthersSee = (ports: readonly Port[]): Port[] =>
  ports
    .filter((port) => port.forwarded && port.visibility !== 'private')
    .map((port) => ({ ...port, process: null, replicas: [], notice: null }));

/**
 * What a workspace’s replicas declare, by ordinal. Those that are connected speak alone: one that is gone for good must
 * not hold on to what the file no longer says. While none is, what was said last stands.
 */
export function declarationsOf(replicas: readonly ReplicaFacts[]): Declaration[] {
  const of = (some: readonly ReplicaFacts[]) => some.flatMap(({ declaration }) => declaration ?? []);
  const current = of(replicas.filter(({ online }) => online));
  return current.length > 0 ? current : of(replicas);
}

function portViewer({ rows, replicas, policy, urlOf }: PortFacts) {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const online = replicas.filter((replica) => replica.online);
  const declared = mergeDeclarations(declarationsOf(replicas));

  return (number: number): { port: Port; listed: boolean } => {
    const row = byNumber.get(number) ?? null;
    const url = row?.forwarded === 1 ? urlOf(row.host) : null;
    const there = online.filter(({ listening }) => listening.has(number));
    const { label, protocol } = row
      ? { label: labelOf(row), protocol: protocolOf(row) }
      : { label: null, protocol: null, ...declared.byNumber.get(number) };
    const port: Port = {
      port: number,
      label,
      protocol: protocol ?? 'http',
      forwarded: url !== null,
      url,
      origin: row?.origin ?? 'auto',
      status: portStatus(there.length > 0, { total: replicas.length, online: online.length }),
      process: there.map(({ listening }) => listening.get(number) ?? null).find((process) => process) ?? null,
      replicas: there.map(({ id, name }) => ({ id, name })),
      ignored:
        url === null && whenItListens(number, wishFor(declared, number)) === 'ignore'
          ? (ignoredBecause(number) ?? 'devcontainer.json')
          : null,
      ...(row && url !== null ? sharing(row, policy) : notShared),
      revision: row?.revision ?? 0,
    };
    // A replica that is away for a moment takes no row with it.
    const paused = online.length === 0 && replicas.some(({ listening }) => listening.has(number));
    const stays = row !== null && url !== null && (paused || !isUntouched(row));
    return { port, listed: there.length > 0 || stays };
  };
}

/** How a forwarded port stands, by whether it listens in a connected replica. */
export function portStatus(listening: boolean, replicas: { total: number; online: number }): Port['status'] {
  if (listening) return 'listening';
  if (replicas.total === 0) return 'no-replica';
  return replicas.online === 0 ? 'replica-offline' : 'not-listening';
}

type Sharing = Pick<Port, 'visibility' | 'sharedBy' | 'sharedAt' | 'notice'>;

const notShared: Sharing = { visibility: 'private', sharedBy: null, sharedAt: null, notice: null };

function sharing(row: StoredPort, policy: PortPolicy): Sharing {
  const visibility = effectiveVisibility(row.visibility, policy);
  const shared = visibility !== 'private';
  return {
    visibility,
    sharedBy: shared ? sharerOf(row) : null,
    sharedAt: shared ? row.shared_at : null,
    notice: noticeOf(row),
  };
}

/** Who gave the port its visibility. */
export const sharerOf = (row: { shared_by: string | null; sharedByName: string | null }): Ref | null =>
  row.shared_by === null || row.sharedByName === null ? null : { id: row.shared_by, name: row.sharedByName };

/** The notice of a row, null where it has none. */
export const noticeOf = (
  row: Pick<StoredPort, 'notice_from' | 'notice_reason' | 'notice_at'>,
): Port['notice'] =>
  row.notice_from === null || row.notice_reason === null || row.notice_at === null
    ? null
    : { from: row.notice_from, reason: row.notice_reason, at: row.notice_at };
