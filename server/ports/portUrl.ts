import type { ServerSettings } from '../deps.ts';

type Addressing = Pick<ServerSettings, 'publicUrl' | 'portsDomain'>;

/**
 * Where a forwarded port is reached: `<scheme of publicUrl>://<host>.<ports domain>[:<port of publicUrl>]`, `host` being
 * the label of its row. Null where this server forwards none.
 */
export function portUrl(settings: Addressing, host: string): string | null {
  if (settings.portsDomain === null) return null;
  const { protocol, port } = new URL(settings.publicUrl);
  return `${protocol}//${host}.${settings.portsDomain}${port === '' ? '' : `:${port}`}`;
}
