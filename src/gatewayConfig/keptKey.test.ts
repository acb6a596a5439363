import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetKey, keepKey, KEPT_MS, keptKeyOf } from './keptKey.ts';

const vpn = { id: 'vpn_a', preSharedKeyChangedAt: '2026-11-21T08:00:00.000Z' };
const key = 'correct horse battery staple';

/** What the router tells of: where the page goes. */
function navigation() {
  const listeners = new Set<(to: { toLocation: { pathname: string } }) => void>();
  return {
    listeners,
    subscribe: (_event: 'onBeforeNavigate', listener: (to: { toLocation: { pathname: string } }) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    go: (pathname: string) => {
      for (const listener of listeners) listener({ toLocation: { pathname } });
    },
  };
}

const page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});

afterEach(() => {
  forgetKey();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a key is known on the pages of its VPN, and of no other', () => {
  const router = navigation();
  keepKey(vpn, key, router);
  for (const tab of ['workspaces', 'gateway-config', 'edit']) {
    router.go(`/teams/team_a/vpns/vpn_a/${tab}`);
    expect(keptKeyOf(vpn)).toBe(key);
  }
  expect(keptKeyOf({ ...vpn, id: 'vpn_b' })).toBeUndefined();
});

test.each(['/teams/team_a/vpns', '/teams/team_a/vpns/vpn_b/gateway-config', '/sign-in', '/'])(
  'on the way to %s it is forgotten',
  (pathname) => {
    const router = navigation();
    keepKey(vpn, key, router);
    router.go(pathname);
    expect(keptKeyOf(vpn)).toBeUndefined();
    expect(router.listeners.size).toBe(0);
  },
);

test('after ten minutes it is forgotten', () => {
  keepKey(vpn, key, navigation());
  vi.advanceTimersByTime(KEPT_MS - 1);
  expect(keptKeyOf(vpn)).toBe(key);
  vi.advanceTimersByTime(1);
  expect(keptKeyOf(vpn)).toBeUndefined();
});

test('with the document it is forgotten, also where the browser keeps the document', () => {
  keepKey(vpn, key, navigation());
  page.dispatchEvent(new Event('pagehide'));
  expect(keptKeyOf(vpn)).toBeUndefined();
});

test('once the VPN has another key, or its former one again, it is the VPN’s no more', () => {
  keepKey(vpn, key, navigation());
  expect(keptKeyOf({ ...vpn, preSharedKeyChangedAt: '2026-11-21T08:05:00.000Z' })).toBeUndefined();
});

test('the next key takes its place, with ten minutes of its own', () => {
  const first = navigation();
  keepKey(vpn, key, first);
  vi.advanceTimersByTime(KEPT_MS - 1);
  keepKey(vpn, 'another key that is long enough', navigation());
  expect(first.listeners.size).toBe(0);
  vi.advanceTimersByTime(KEPT_MS - 1);
  expect(keptKeyOf(vpn)).toBe('another key that is long enough');
});
