import { useState } from 'react';
import type { Port, PortChange } from '../../contract/ports.ts';
import { currentPort, useChangePort, useForwardPort, type ChangeFrom, type Place } from './changes.ts';

/** Why a change made in a row didn’t work. `theirs` is the port as somebody else has saved it in between. */
export type RowTrouble = { error: Error; attempt: ChangeFrom | undefined; theirs: Port | undefined };

type RowState = 'pending' | RowTrouble;

/**
 * What is going on in each row: several can be changed at the same time, and each shows its own error under itself until
 * it is tried again or put aside.
 */
export function useRowChanges(
  place: Place,
  onChanged: (port: Port, change: ChangeFrom) => void,
  onForwarded: (port: Port) => void,
) {
  const [rows, setRows] = useState<ReadonlyMap<number, RowState>>(new Map());
  const set = (port: number, state: RowState | undefined) =>
    setRows((now) => {
      const changed = new Map(now);
      if (state === undefined) changed.delete(port);
      else changed.set(port, state);
      return changed;
    });

  const change = useChangePort(place, {
    onStart: ({ from }) => set(from.port, 'pending'),
    onDone: (port, attempt) => {
      set(port.port, undefined);
      onChanged(port, attempt);
    },
    onRefused: (error, attempt) => set(attempt.from.port, { error, attempt, theirs: currentPort(error) }),
  });
  const forward = useForwardPort(place, (port) => {
    set(port.port, undefined);
    onForwarded(port);
  });

  return {
    change: (from: Port, what: PortChange) => change.mutate({ from, change: what }),
    forward: (port: number) => {
      set(port, 'pending');
      forward.mutate(
        { port },
        { onError: (error) => set(port, { error, attempt: undefined, theirs: undefined }) },
      );
    },
    isPending: (port: number) => rows.get(port) === 'pending',
    troubleOf: (port: number): RowTrouble | undefined => {
      const state = rows.get(port);
      return state === 'pending' ? undefined : state;
    },
    putAside: (port: number) => set(port, undefined),
  };
}
