import { html } from '../../http/html.ts';

/** Begins a sign-in at a port that doesn’t ask for one, because it is public: its owner is told more than strangers. */
export const SIGN_IN_PATH = '/.culvert/sign-in';

/** A link to it that comes back to `path`. */
export const signInLink = (path: string) =>
  html`<p>
    Is it yours? <a href="${SIGN_IN_PATH}?${new URLSearchParams({ to: path }).toString()}">Sign in</a> to mend
    it.
  </p>`;

/** Where the link’s visitor wants to come back to. */
export const wantedPath = (target: string): string =>
  new URL(target, 'http://port').searchParams.get('to') ?? '/';
