import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Port, PortChange, PortForward } from '../../contract/ports.ts';
import { api, apiPath } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { ApiProblem, isMissing } from '../api/problem.ts';
import { portsQuery } from './queries.ts';
import { withPort } from './portList.ts';

/** Where a port is: ids of its team and workspace. */
export type Place = { team: string; workspace: string };

const pathOf = ({ team, workspace }: Place, port: number) =>
  apiPath`/teams/${team}/workspaces/${workspace}/ports/${String(port)}`;

/** Shows what the server has answered, and has everything fetched again that lists the port. */
function settle(queryClient: QueryClient, { team, workspace }: Place, port?: Port): void {
  if (port !== undefined) {
    queryClient.setQueryData(portsQuery(team, workspace).queryKey, (list) => list && withPort(list, port));
  }
  for (const queryKey of [keys.ports(team, workspace), keys.sharedPorts(team), keys.portNotices(team)]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}

/** A change, and the port as whoever makes it saw it: the server refuses (412) where it is another one by now. */
export type ChangeFrom = { from: Port; change: PortChange };

const isPort = (value: unknown): value is Port =>
  typeof value === 'object' && value !== null && 'port' in value && 'revision' in value;

/** With a 412, the port as it is now. */
export const currentPort = (error: Error | null): Port | undefined =>
  error instanceof ApiProblem && error.status === 412 && isPort(error.current) ? error.current : undefined;

type Callbacks = {
  onStart?: (change: ChangeFrom) => void;
  onDone?: (port: Port, change: ChangeFrom) => void;
  onRefused?: (error: Error, change: ChangeFrom) => void;
};

/** Changes label, protocol or visibility. A refusal because of somebody else’s change shows theirs. */
export function useChangePort(place: Place, { onStart, onDone, onRefused }: Callbacks = {}) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ from, change }: ChangeFrom) =>
      api.patch<Port>(pathOf(place, from.port), change, { ifMatch: from.revision }),
    onMutate: (change) => onStart?.(change),
    onSuccess: (port, change) => {
      settle(queryClient, place, port);
      onDone?.(port, change);
    },
    onError: (error, change) => {
      settle(queryClient, place, currentPort(error));
      onRefused?.(error, change);
    },
  });
}

export function useForwardPort(place: Place, onDone: (port: Port) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ port, ...body }: PortForward & { port: number }) =>
      api.put<Port>(pathOf(place, port), body),
    onSuccess: (port) => {
      settle(queryClient, place, port);
      onDone(port);
    },
  });
}

export function useDismissNotice(place: Place) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (port: number) => api.delete(`${pathOf(place, port)}/notice`),
    onSuccess: () => settle(queryClient, place),
  });
}

/**
 * Stops forwarding several ports, one after the other: one that can’t be stopped doesn’t keep the others from it, and one
 * that somebody else has stopped meanwhile is as good as done. Rejects with an error that names each with its reason.
 */
async function stopAll(place: Place, ports: readonly number[]): Promise<void> {
  const refused: string[] = [];
  for (const port of ports) {
    await api.delete(pathOf(place, port)).catch((error: unknown) => {
      if (isMissing(error)) return;
      refused.push(`Port ${port}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  if (refused.length > 0) throw new Error(`Still forwarded: ${refused.join(' ')}`);
}

export function useStopPorts(place: Place, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ports: readonly number[]) => stopAll(place, ports),
    onSuccess: onDone,
    onSettled: () => settle(queryClient, place),
  });
}
