import { isLoopbackHost } from '../../contract/loopbackHost.ts';
import type { Parsed } from './settingKinds.ts';

/** The origin that people type into the browser: no path, no query, https unless it stays on this machine. */
export function parsePublicUrl(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { problem: `“${text}” is not a web address such as https://culvert.example.com.` };
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return { problem: `“${text}” must be an origin alone, such as ${url.origin}.` };
  }
  if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(url.hostname)) {
    return {
      problem: `the name of a host is made of letters, digits, dots and dashes; “${url.hostname}” isn’t.`,
    };
  }
  // Browsers keep Secure cookies over plain http for loopback alone.
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return {
      problem:
        `over plain http, browsers keep the sign-in cookie for this very machine only (localhost), not for ` +
        `${url.hostname}. Put a reverse proxy with TLS in front, such as Caddy, and give its https address.`,
    };
  }
  return { value: url.origin };
}
