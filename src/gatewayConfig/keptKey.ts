import { useSyncExternalStore } from 'react';
import type { Vpn } from '../../contract/vpns.ts';

/*
 * The pre-shared key that was just saved, for as long as it takes to put it into the gateway's configuration: the server
 * never gives it back. It is here and nowhere else, so not in router state, storage or the query cache, and it is dropped
 * on leaving the VPN's pages (signing out leads away too), with the document, after ten minutes, and when another is set.
 */

type Saved = Pick<Vpn, 'id' | 'preSharedKeyChangedAt'>;

/** What says that the page is left: the router, in the dashboard. */
type Navigation = {
  subscribe: (
    event: 'onBeforeNavigate',
    listener: (navigation: { toLocation: { pathname: string } }) => void,
  ) => () => void;
};

export const KEPT_MS = 10 * 60_000;

let kept: { of: Saved; key: string; end: () => void } | undefined;
const listeners = new Set<() => void>();

export function forgetKey(): void {
  kept?.end();
  kept = undefined;
  for (const listener of listeners) listener();
}

/** Keeps the key that `of` was saved with. Call it before going on to one of the VPN's pages. */
export function keepKey(of: Saved, key: string, navigation: Navigation): void {
  forgetKey();
  const timer = setTimeout(forgetKey, KEPT_MS);
  const stay = navigation.subscribe('onBeforeNavigate', ({ toLocation }) => {
    if (!toLocation.pathname.split('/').includes(of.id)) forgetKey();
  });
  // A page that is gone may be kept by the browser to come back to.
  addEventListener('pagehide', forgetKey);
  const end = () => {
    clearTimeout(timer);
    stay();
    removeEventListener('pagehide', forgetKey);
  };
  kept = { of: { id: of.id, preSharedKeyChangedAt: of.preSharedKeyChangedAt }, key, end };
  for (const listener of listeners) listener();
}

/** The VPN's key, if it is the one that was just saved here; undefined: nobody can tell it any more. */
export const keptKeyOf = (vpn: Saved): string | undefined =>
  kept?.of.id === vpn.id && kept.of.preSharedKeyChangedAt === vpn.preSharedKeyChangedAt
    ? kept.key
    : undefined;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useKeptKey = (vpn: Saved): string | undefined =>
  useSyncExternalStore(subscribe, () => keptKeyOf(vpn));
