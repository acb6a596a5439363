import { ownHeaders } from './pages/answers.ts';

/** Sends a browser on by GET; the address it comes from, which may hold a code, is told to nobody. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...ownHeaders, location, 'referrer-policy': 'no-referrer' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
