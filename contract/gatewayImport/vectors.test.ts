import { expect, test } from 'vitest';
import { parseProposal } from '../proposals.ts';
import proposals from '../vectors/proposals.json';
import subnets from '../vectors/subnets.json';
import { importGatewayConfig } from './import.ts';
import type { ImportedSettings } from './imported.ts';
import { conn, swanctl } from './imported.testing.ts';

const settingsOf = (text: string): ImportedSettings => {
  const result = importGatewayConfig(text);
  return result.ok ? (result.value.connections[0]?.settings ?? {}) : {};
};

/** How each kind of file says it, quoted too: so that a blank or a brace reaches the value. */
const asSubnets = (value: string) => [
  conn('left=1.2.3.4', `leftsubnet=${value}`),
  conn('left=1.2.3.4', `leftsubnet="${value}"`),
  conn('left=1.2.3.4', 'salifetime=1h', 'ikev2=insist', `leftsubnets={${value}}`),
  swanctl('', `local_ts = ${value}\n`),
  swanctl('', `local_ts = "${value}"\n`),
];
const single = subnets.flatMap(({ kind, input, valid }) =>
  kind === 'cidr' && typeof input === 'string' && !valid ? [input] : [],
);

test.each(single)('no file makes a peer subnet of %s', (input) => {
  for (const text of asSubnets(input)) {
    // Blanks and commas divide lists: what is left of the input then isn't the input.
    const taken = (settingsOf(text).peerSubnets ?? []).filter(
      (subnet) => !input.split(/[,\s;}]+/).includes(subnet),
    );
    expect(taken).toEqual([]);
  }
});

const peers = subnets.flatMap(({ kind, input, valid }) =>
  kind === 'peer_ip' && typeof input === 'string' && !valid && !input.includes('\n') ? [input] : [],
);
test.each(peers)('no file makes a peer IP of %s', (input) => {
  for (const quote of ['', '"']) {
    expect(settingsOf(conn(`left=${quote}${input}${quote}`)).peerIp).toBe(undefined);
    expect(settingsOf(swanctl(`local_addrs = ${quote}${input}${quote}`)).peerIp).toBe(undefined);
  }
});

const refusedSuites = proposals.flatMap(({ phase, input }) => {
  const name = phase === 'ike' ? ('ike' as const) : ('esp' as const);
  return parseProposal(input, name, 2).ok || input.includes(',') ? [] : [{ phase: name, input }];
});
test.each(refusedSuites)('no file makes an $phase suite of $input', ({ phase, input }) => {
  const texts =
    phase === 'ike' ? [swanctl(`proposals = "${input}"`)] : [swanctl('', `esp_proposals = "${input}"`)];
  for (const text of texts) expect(settingsOf(text)[phase]?.proposals).toBe(undefined);
  // ipsec.conf drops blanks around values, and its “!” belongs to the file, not to the suite.
  if (/[!#"\s\\]/.test(input)) return;
  expect(settingsOf(conn(`${phase}=${input}!`))[phase]?.proposals).toBe(undefined);
});
