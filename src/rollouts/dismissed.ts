import { useSyncExternalStore } from 'react';

const storageKey = 'culvert-dismissed-rollouts';
const KEPT = 50;
const listeners = new Set<() => void>();
let known: readonly string[] | undefined;

function read(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

const dismissed = () => (known ??= read());

/** Takes a rollout that is over off the VPN's page, in this browser. */
export function dismissRollout(id: string): void {
  known = [...dismissed(), id].slice(-KEPT);
  try {
    localStorage.setItem(storageKey, JSON.stringify(known));
  } catch {
    // Storage is off in this browser: it is gone until the page is loaded again.
  }
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDismissed = (id: string | undefined): boolean =>
  useSyncExternalStore(subscribe, () => id !== undefined && dismissed().includes(id));
