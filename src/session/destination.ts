/** Only paths of this dashboard: an address that somebody else put into a link must not lead away after signing in. */
export const safeDestination = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/';
