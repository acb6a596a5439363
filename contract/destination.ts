/**
 * Only paths of this dashboard: an address that somebody else put into a link must not lead away after signing in.
 * Browsers drop tabs and line breaks from addresses and read `\` as `/` (WHATWG URL, 4.4), so neither passes.
 */
export const safeDestination = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(to) && !to.startsWith('/sign-in') ? to : '/';
