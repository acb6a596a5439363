/**
 * What a trial's charon has in its strongswan.conf, so that nothing else on the machine notices it. It shares the network
 * with the charon of the tunnels, where there is one.
 *
 * Seen on 5.9.8 with kernel-libipsec, not run with ESP in the kernel: there `policies = no` and the two `install_`
 * settings leave nothing but ESP states, which without policies no packet finds.
 */
export const trialSettings: readonly string[] = [
  // Two free ones. The gateway's stay 500, and 4500 once a NAT is found or UDP encapsulation is wanted.
  'port = 0',
  'port_nat_t = 0',
  'install_routes = no',
  'install_virtual_ip = no',
  // The rule for table 220 is the tunnels': a charon that ends takes the rule for its table with it, so this one has none.
  'routing_table = 0',
  'ignore_routing_tables = 220',
  // Retransmissions after 0.8, 1.1, 1.6 and dead after another 2.2 s, 5.7 s in all: somebody waits for the answer.
  'retransmit_timeout = 0.8',
  'retransmit_base = 1.4',
  'retransmit_tries = 3',
];
