import { shown } from '../shownText.ts';
import { LIST_MAX, listOf } from './confText.ts';
import { fixed, ignored, refused, type Report } from './findings.ts';
import type { Sides } from './ipsecSides.ts';
import { isAnyAddress, readIdentity, type Identity } from './readIdentity.ts';
import { noPool, readPool, type Pool } from './readPool.ts';
import { readSubnets, type LinedText } from './readSubnets.ts';
import type { TakenSettings } from './takenSettings.ts';

type Context = { sides: Sides; allowPrivatePeers: boolean; report: Report };

/** The gateway’s side: its address, identity and subnets. `names` are all that a secret may call it. */
export function readGatewayEnd(
  settings: TakenSettings,
  { sides: { gateway }, allowPrivatePeers, report }: Context,
): { identity: Identity; subnets: string[] | undefined; names: string[] } {
  const lined = (suffix: string): LinedText | undefined => {
    const entry = settings.take(`${gateway}${suffix}`);
    return entry && { text: entry.value, line: entry.line };
  };
  const [address, id] = [lined(''), lined('id')];
  const identity = readIdentity(address, id, { allowPrivatePeers, report });
  const [one, several] = [settings.take(`${gateway}subnet`), settings.take(`${gateway}subnets`)];
  const entries = [
    ...(one
      ? listOf(one.value)
          .slice(0, LIST_MAX)
          .map((text) => ({ text, line: one.line }))
      : []),
    ...(several
      ? listOf(several.value, true)
          .slice(0, LIST_MAX + 1)
          .map((text) => ({ text, line: several.line }))
      : []),
  ];
  const source = settings.take(`${gateway}sourceip`);
  if (source) report.say(source.line, ignored('An address of the gateway in its own network.'));
  const names = [address?.text, id?.text.replace(/^@/, ''), identity.peerIp, identity.peerId ?? undefined];
  return {
    identity,
    subnets: entries.length === 0 ? undefined : readSubnets(entries, identity.peerIp, report),
    names: names.flatMap((name) => (name === undefined || name === '' || name.startsWith('%') ? [] : [name])),
  };
}

/** The side of the workspaces: anybody with the key has to be let in, and gets an address from a pool. */
export function readClientEnd(settings: TakenSettings, { sides: { client }, report }: Context): Pool {
  const address = settings.take(client);
  if (address) {
    const note = `Only ${shown(address.value)} may connect. Replicas come from many addresses: set ${client}=%any.`;
    report.say(address.line, isAnyAddress(address.value) ? fixed() : refused(note));
  }
  const id = settings.take(`${client}id`);
  if (id) {
    const note = `Only ${shown(id.value)} may connect. Each replica has an identity of its own: set ${client}id=%any.`;
    report.say(id.line, /^(?:%any6?|\*|@\*)$/.test(id.value) ? fixed() : refused(note));
  }
  const source = settings.take(`${client}sourceip`, `${client}addresspool`);
  let pool = noPool;
  if (source) {
    const [first = ''] = listOf(source.value);
    if (first.startsWith('%'))
      report.say(source.line, fixed('Asks the other side for an address, as replicas do.'));
    else pool = readPool(first, source.line, report);
  }
  const subnet = settings.take(`${client}subnet`) ?? settings.take(`${client}subnets`);
  if (subnet) {
    const own = subnet.value === pool.cidr || /^(?:%dynamic|vhost:.*|vnet:.*)$/.test(subnet.value);
    const note = `Replicas have one virtual address each and no network behind them: leave ${client}subnet out.`;
    report.say(subnet.line, own ? fixed() : refused(note));
  }
  return pool;
}
