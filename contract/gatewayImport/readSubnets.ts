import { contains } from '../addresses.ts';
import { checkPeerSubnets, SUBNETS_MAX } from '../peerSubnets.ts';
import { shown } from '../shownText.ts';
import { parseSubnet, type Subnet } from '../subnets.ts';
import { LIST_MAX } from './confText.ts';
import { mapped, refused, understood, type Report } from './findings.ts';

/** An entry of a list, and the line (from 1) that it is on. */
export type LinedText = { text: string; line: number };

const field = 'peerSubnets';

/** Why an entry can't be a peer subnet, where the gateway's file means something else than one network. */
function refuseSelector(text: string): string | undefined {
  if (/^(?:0\.0\.0\.0|::|0::0?)\/0$/.test(text)) {
    return `${text} is all traffic, which no VPN takes here: workspaces would lose everything else. The gateway offers everything with it, so whatever subnets you enter in the form will fit.`;
  }
  if (/^%?dynamic$/.test(text)) return 'Only the gateway itself, which is no subnet.';
  if (text.includes('[')) {
    return `${shown(text)} lets through one protocol or port. Replicas ask for the whole subnet: leave out the brackets on the gateway.`;
  }
  return undefined;
}

/** One entry as a subnet. What the gateway reads as the network around a host is taken as that. */
function readSubnet({ text, line }: LinedText, report: Report): Subnet | undefined {
  const meant = refuseSelector(text);
  if (meant !== undefined) {
    report.say(line, refused(meant, field));
    return undefined;
  }
  const parsed = parseSubnet(text);
  if (parsed.ok) return parsed.value;
  const { code, message, suggestion } = parsed.refusal;
  const network = code === 'subnet_host_bits' ? parseSubnet(suggestion ?? '') : undefined;
  if (network?.ok === true) {
    report.say(
      line,
      mapped(field, `${shown(text)} is in ${network.value.text}, which is what the gateway makes of it.`),
    );
    return network.value;
  }
  const instead = suggestion === undefined ? '' : ` Should it be ${suggestion}?`;
  report.say(line, refused(`${message}${instead}`, field));
  return undefined;
}

/** The subnets without those that others hold already, and the lines to say so of. */
function widest(subnets: readonly { subnet: Subnet; line: number }[], report: Report) {
  return subnets.filter(({ subnet, line }, index) => {
    const outer = subnets.find(
      (other, at) =>
        at !== index && contains(other.subnet, subnet) && (other.subnet.text !== subnet.text || at < index),
    );
    if (!outer) return true;
    const where = outer.subnet.text === subnet.text ? 'is listed twice' : `lies inside ${outer.subnet.text}`;
    report.say(line, mapped(field, `${subnet.text} ${where}: it is taken once.`));
    return false;
  });
}

/**
 * What lies behind the gateway, as peer subnets that can be saved, together with the peer IP where it is known; undefined:
 * nothing is left of them. Says of each line what became of its entries.
 */
export function readSubnets(
  entries: readonly LinedText[],
  peerIp: string | undefined,
  report: Report,
): string[] | undefined {
  const read: { subnet: Subnet; line: number }[] = [];
  for (const entry of entries.slice(0, LIST_MAX)) {
    const subnet = readSubnet(entry, report);
    if (subnet) read.push({ subnet, line: entry.line });
  }
  const tooMany = entries[LIST_MAX]?.line ?? read[SUBNETS_MAX]?.line;
  if (tooMany !== undefined) {
    report.say(
      tooMany,
      refused(`A VPN has at most ${SUBNETS_MAX} subnets; those behind them are left out.`, field),
    );
  }
  const distinct = widest(read.slice(0, SUBNETS_MAX), report);
  const kept = distinct.filter(({ subnet, line }) => {
    const alone = checkPeerSubnets([subnet.text], peerIp === undefined ? {} : { peerIp });
    const [refusal] = alone.refusals;
    if (refusal) report.say(line, refused(refusal.message, field));
    return refusal === undefined;
  });
  const together = checkPeerSubnets(kept.map(({ subnet }) => subnet.text)).refusals[0];
  if (kept.length === 0) return undefined;
  for (const { line } of kept) {
    report.say(line, together ? refused(together.message, field) : understood(field));
  }
  return together ? undefined : kept.map(({ subnet }) => subnet.text);
}
