import { checkVpnName, vpnSlug, VPN_NAME_MAX } from '../vpnName.ts';
import type { ImportedConnection, ImportedSettings } from './imported.ts';
import type { Pool } from './readPool.ts';

/** What was read of a connection. */
export type Draft = { settings: ImportedSettings; pool: Pool; preSharedKey: string | null };

/** A connection's name as a VPN's: what Culvert itself wrote in front of it goes; undefined: nothing usable is left. */
export function vpnNameOf(connection: string): string | undefined {
  if (connection.length > 200) return undefined;
  const own = connection.replace(/^culvert-(?=.)/, '');
  const checked = checkVpnName(own);
  if (checked.ok) return checked.value;
  const slug = vpnSlug(own).slice(0, VPN_NAME_MAX);
  const repaired = checkVpnName(slug.replace(/-$/, ''));
  return repaired.ok && /[a-z\d]/i.test(own) ? repaired.value : undefined;
}

/** How the file at hand calls what a sentence is about. */
export type FileWords = {
  ike: string;
  esp: string;
  subnets: string;
  pool: string;
  ikeLifetime: string;
  espLifetime: string;
};

/** What the file leaves open, after everything in it has been read. */
export function completeDraft(name: string, draft: Draft, words: FileWords): ImportedConnection {
  const { settings } = draft;
  const missing: string[] = [];
  const without = (value: unknown, sentence: string) => {
    if (value === undefined || value === null) missing.push(sentence);
  };
  without(settings.peerIp, 'Peer IP: the file doesn’t say by which public address the gateway is reached.');
  without(settings.peerSubnets, `Peer subnets: ${words.subnets} names none that a VPN can have.`);
  without(draft.preSharedKey, 'Pre-shared key: it isn’t in the text.');
  without(
    settings.ike?.proposals,
    `IKE cipher suites: ${words.ike} names none that can be used. Without any, the gateway takes its defaults, which change between versions.`,
  );
  without(
    settings.esp?.proposals,
    `ESP cipher suites: ${words.esp} names none that can be used. Without any, the gateway takes its defaults, which change between versions.`,
  );
  without(
    settings.ike?.lifetimeSeconds,
    `IKE lifetime: the form’s stays, since ${words.ikeLifetime} doesn’t say one.`,
  );
  without(
    settings.esp?.lifetimeSeconds,
    `ESP lifetime: the form’s stays, since ${words.espLifetime} doesn’t say one.`,
  );
  without(
    draft.pool.there ? '' : null,
    `Virtual addresses: ${words.pool} hands out none, and every replica needs one from the gateway.`,
  );
  return { name, settings, pool: draft.pool.cidr, preSharedKey: draft.preSharedKey, missing };
}
