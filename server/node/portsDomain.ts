import { getDomain } from 'tldts';
import { isLoopbackHost } from '../../contract/loopbackHost.ts';
import type { Parsed } from './settingKinds.ts';

const example = 'ports.example.net';
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain name as it is compared: in lower case, without a dot at its end. */
export function parsePortsDomain(text: string): Parsed<string> {
  const name = text.trim().toLowerCase().replace(/\.$/, '');
  if (name.startsWith('*.')) return { problem: `“${text}” must be the domain alone: ${name.slice(2)}.` };
  const labels = name.split('.');
  // As browsers read hosts: whatever ends in a number, or stands in brackets, is an address.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') || name.startsWith('[') || name.includes('::')) {
    return {
      problem: `“${text}” is an address. Ports are hosts below a domain, which an address can’t have: use one such as ${example}.`,
    };
  }
  if ((labels.length < 2 && name !== 'localhost') || !labels.every((part) => label.test(part))) {
    return { problem: `“${text}” is not a domain name such as ${example}.` };
  }
  return { value: name };
}

/**
 * The ports domain that goes with a dashboard at `publicUrl` (null: http://localhost). Where none is given, `localhost` for
 * a dashboard on this machine, and else null: none. What runs behind ports is anybody’s code, so it must not stand on
 * the dashboard’s site: from there it could write the dashboard’s cookies, and its requests would count as the dashboard’s own.
 */
export function portsDomainFor(publicUrl: string | null, given: string | null): Parsed<string | null> {
  const host = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname;
  const local = isLoopbackHost(host);
  if (given === null) return { value: local ? 'localhost' : null };
  if (local && !isLoopbackHost(given)) {
    return {
      problem: `the dashboard at ${host} is for this machine only, and so are its ports. Leave it out, or set CULVERT_PUBLIC_URL to an address for everybody.`,
    };
  }
  if (!local && isLoopbackHost(given)) {
    return {
      problem: `${given} leads everybody to their own machine. Use a domain of its own, such as ${example}.`,
    };
  }
  // Browsers take every name below localhost for a site of its own, and no cookie can be set for all of them.
  if (given === 'localhost') return { value: given };
  const related =
    given === host ||
    given.endsWith(`.${host}`) ||
    host.endsWith(`.${given}`) ||
    (siteOf(given) !== null && siteOf(given) === siteOf(host));
  if (related) {
    const instead = local ? 'localhost' : `a domain that is registered apart from it, such as ${example}`;
    return {
      problem: `${given} is on the same site as the dashboard (${host}): what runs behind a port could act as the dashboard. Use ${instead}.`,
    };
  }
  return { value: given };
}

/** What browsers call a site: the registrable domain by the Public Suffix List, the entries of its private part counted. */
const siteOf = (name: string) => getDomain(name, { allowPrivateDomains: true });
