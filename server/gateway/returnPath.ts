/** Bytes. Three sign-ins at once, each with its path in a cookie, still fit into the headers that servers take. */
const LONGEST = 2048;

/**
 * Where to go on this host afterwards: a path with its query, as it was asked for. Anything that a browser could read as
 * another place becomes `/`, and so does what is too long to keep. The port’s own origin is put in front of it, so that
 * `//elsewhere` stays a path.
 */
export const returnPath = (target: string): string =>
  target.length <= LONGEST && /^\/[\x21-\x7e]*$/.test(target) && !target.includes('\\') ? target : '/';
