import type { ServerSettings } from '../deps.ts';
import { conflict } from '../http/problem.ts';

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

/** 409 where this server forwards no ports. */
export function requirePortsDomain({ portsDomain }: Addressing): void {
  if (portsDomain !== null) return;
  throw conflict(
    'ports_unavailable',
    'This server forwards no ports. Its operator has to set CULVERT_PORTS_DOMAIN to a domain of its own.',
  );
}
