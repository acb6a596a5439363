import { html } from '../../http/html.ts';
import type { Explanation } from './explanation.ts';

/** Where the page’s button goes. */
export const CONTINUE_PATH = '/.culvert/continue';

/** What a browser shows before its first visit to a public port: what stands there is a stranger’s. */
export const interstitialPage = (to: string): Explanation => ({
  status: 200,
  code: 'confirm_visit',
  title: 'You are about to open somebody’s development server',
  detail:
    'This address leads to a program in a workspace that its owner has made public. Nobody has checked what it shows.',
  more: html`<p>
      <strong>Go on only if you trust whoever sent you here</strong>, and don’t enter passwords or payment
      details that you use elsewhere.
    </p>
    <form class="actions" method="post" action="${CONTINUE_PATH}">
      <input type="hidden" name="to" value="${to}" />
      <button class="button filled" type="submit">Continue</button>
    </form>
    <p>You are asked once for this port in this browser.</p>`,
  posts: true,
});
