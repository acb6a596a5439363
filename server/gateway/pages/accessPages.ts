import { html } from '../../http/html.ts';
import type { Explanation } from './explanation.ts';

/** For what isn’t there and for what isn’t the visitor’s: nothing in it may tell which. */
export const noSuchPort: Explanation = {
  status: 404,
  code: 'no_such_port',
  title: 'There is no such port, or it isn’t yours',
  detail:
    'Nothing is shared with you at this address. Check it for typing errors, or ask whoever sent it to you to share the port with you.',
};

/** To programs that showed nothing: people are sent to sign in instead. */
export const signInFirst: Explanation = {
  status: 401,
  code: 'not_signed_in',
  title: 'Sign in first.',
  detail:
    'Open this address in a browser, or send an API token in the header Culvert-Token. Whether there is a port here is told to nobody else.',
};

export const badToken: Explanation = {
  status: 401,
  code: 'token_invalid',
  title: 'The API token is not valid, or no longer.',
  detail: 'Make a new one in the dashboard, and send it in the header Culvert-Token.',
};

export const foreignOrigin: Explanation = {
  status: 403,
  code: 'wrong_origin',
  title: 'Pages of another origin can’t use your access to this port.',
  detail:
    'Only the port’s own pages, and those of other forwarded ports of the same workspace, reach it with your sign-in. Send an API token in the header Culvert-Token instead.',
};

export const badAddress: Explanation = {
  status: 400,
  code: 'invalid_request',
  title: 'The address of the request can’t be understood',
  detail: 'It has to begin with a slash.',
};

const tryAgain = html`<div class="actions"><a class="button filled" href="/">Open the port again</a></div>`;

/** Somebody may have tried to have this browser signed in as themselves; mostly it just took too long. */
export const startedElsewhere: Explanation = {
  status: 400,
  code: 'sign_in_not_started_here',
  title: 'This sign-in was not started in this browser',
  detail:
    'Nobody was signed in. It was begun in another browser, or more than five minutes ago. If somebody sent you this link, don’t use it.',
  more: tryAgain,
};

export const codeSpent: Explanation = {
  status: 400,
  code: 'sign_in_over',
  title: 'This sign-in is over',
  detail: 'Its link works once, for a minute. Begin again to sign in.',
  more: tryAgain,
};

export const notFromHere: Explanation = {
  status: 403,
  code: 'wrong_origin',
  title: 'This was not confirmed on the port’s own page',
  detail: 'Open the port, and confirm there that you want to go on.',
  more: tryAgain,
};
