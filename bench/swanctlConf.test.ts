import { expect, test } from 'vitest';
import { guideVpn } from '../agent/ipsec/desiredVpn.testing.ts';
import { swanctlConf } from './swanctlConf.ts';

test('writes lists, sections and the key the way swanctl reads them', () => {
  const conf = swanctlConf(guideVpn({ id: 'hand', preSharedKey: 'a "quoted" # key' }));
  expect(conf).toContain('connections {\n  hand {\n    version = 1\n    remote_addrs = 1.2.3.4\n');
  expect(conf).toContain(
    '    local {\n      auth = psk\n      id = replica-1.culvert\n      aaa_id = hand\n    }\n',
  );
  expect(conf).toContain('        remote_ts = 10.250.0.0/24\n');
  const secret = Buffer.from('a "quoted" # key').toString('base64');
  expect(conf).toContain(`secrets {\n  ike-hand {\n    id-0 = 1.2.3.4\n    secret = 0s${secret}\n  }\n}\n`);
});
