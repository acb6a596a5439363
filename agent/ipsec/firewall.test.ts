import { expect, test } from 'vitest';
import { firewallRules } from './firewall.ts';

test('libipsec: everything out of the tunnel’s interface goes through the tunnel’s chain, into and through the machine', () => {
  const rules = firewallRules({ backend: 'libipsec', interfaceName: 'ipsec7' });
  expect(rules.match(/iifname "ipsec7" goto tunnel/g)).toHaveLength(2);
  expect(rules).toMatch(
    /chain tunnel \{\n    ct state established,related accept\n(?:    icmp.* accept\n)+    drop\n  \}/,
  );
});

test('kernel ESP: what came out of a policy with one of the peers does', () => {
  const rules = firewallRules({ backend: 'kernel', peers: ['1.2.3.4', '2001:db8::1'] });
  expect(rules.match(/ipsec in ip saddr 1\.2\.3\.4 goto tunnel/g)).toHaveLength(2);
  expect(rules.match(/ipsec in ip6 saddr 2001:db8::1 goto tunnel/g)).toHaveLength(2);
});

test('the rules replace earlier ones in one step', () => {
  const rules = firewallRules({ backend: 'libipsec', interfaceName: 'ipsec0' });
  expect(rules.startsWith('table inet culvert\ndelete table inet culvert\ntable inet culvert {')).toBe(true);
});
