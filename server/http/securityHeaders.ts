/**
 * The dashboard loads only its own files. Emotion writes its rules into <style> elements and components set style
 * attributes, hence `unsafe-inline` for styles, and for styles alone.
 */
const dashboardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Response headers of the dashboard’s own pages and files. */
export const dashboardHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  'content-security-policy': dashboardPolicy,
};

/** Response headers of the API: nothing of it is a page, and nothing of it is kept. */
export const apiHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};
