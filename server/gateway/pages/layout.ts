import { Html, html } from '../../http/html.ts';
import type { Explanation } from './explanation.ts';
import { retryScript } from './retryScript.ts';
import { pageStyle } from './style.ts';

// One string each, since the policy names them by the hash of every byte in between.
const style = new Html(`<style>${pageStyle}</style>`);
const script = new Html(`<script>${retryScript}</script>`);

/** The whole page. Everything that isn’t HTML already is escaped. */
export const layout = ({ title, detail, more, retries }: Explanation): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Culvert</title>
        <link rel="icon" href="data:," />
        ${style}
      </head>
      <body>
        <header>
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path class="road" d="M3 20v-6a9 9 0 0 1 18 0v6" />
            <path class="pipe" d="M8 20v-5.5a4 4 0 0 1 8 0V20" />
          </svg>
          Culvert
        </header>
        <main>
          <h1>${title}</h1>
          <p>${detail}</p>
          ${more}
        </main>
        ${retries === true ? script : null}
      </body>
    </html>`.text;

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
};

/**
 * The policy of pages without and with the script: what stands in them, nothing else. `form-action` is left open:
 * browsers apply it to where the answer of a form redirects, which is the app’s own business.
 */
export async function pagePolicies(): Promise<{ still: string; retrying: string }> {
  const still = [
    "default-src 'none'",
    `style-src ${await sha256(pageStyle)}`,
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { still, retrying: `${still}; script-src ${await sha256(retryScript)}; connect-src 'self'` };
}
