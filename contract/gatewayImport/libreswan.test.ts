import { describe, expect, test } from 'vitest';
import { connectionOf, imported, lineOf } from './imported.testing.ts';
import { libreswanSuite } from './libreswanSuites.ts';

const office = (...settings: string[]): string =>
  ['conn office', 'authby=secret', 'ikev2=insist', 'right=1.2.3.4', ...settings].join('\n\t');

test('a connection with a pool on the left has its gateway on the right', () => {
  const text = office(
    'left=%any',
    'leftaddresspool=10.200.0.0/24',
    'rightsubnets={10.1.0.0/16 10.2.0.0/16}',
    'ike=aes_gcm256-sha2_512;dh20,aes256-sha2_256;modp2048',
    'esp=aes256-sha2_256;dh14',
    'ikelifetime=4h',
    'ipsec-lifetime=1h',
    'encapsulation=yes',
    'narrowing=yes',
  );
  expect(imported(text).format).toBe('libreswan');
  expect(connectionOf(text)).toMatchObject({
    pool: '10.200.0.0/24',
    settings: {
      ike: {
        version: 2,
        lifetimeSeconds: 14_400,
        proposals: ['aes256gcm16-prfsha512-ecp384', 'aes256-sha256-modp2048'],
      },
      esp: { lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
      peerIp: '1.2.3.4',
      peerSubnets: ['10.1.0.0/16', '10.2.0.0/16'],
      udpEncapsulation: true,
    },
  });
});

describe('the IKE version', () => {
  test.each([
    ['ikev2=insist', 2],
    ['ikev2=permit', 2],
    ['ikev2=never', 1],
    ['ikev2=no', 1],
    ['keyexchange=ikev1', 1],
  ])('%s: %i', (setting, version) => {
    expect(connectionOf(`conn office\n ${setting}\n salifetime=1h`).settings.ike?.version).toBe(version);
  });
});

describe('suites', () => {
  test.each([
    ['aes256-sha2_256;modp2048', 'aes256-sha256-modp2048'],
    ['aes256-sha2;dh14', 'aes256-sha256-modp2048'],
    ['aes_gcm256-sha2_512;dh19', 'aes256gcm16-sha512-ecp256'],
    ['aes_gcm_c_128-null;dh31', 'aes128gcm16-curve25519'],
    ['aes_gcm_a256', 'aes256gcm8'],
    ['aes_ctr256-sha1', 'aes256ctr-sha1'],
    ['AES256-SHA2_512+SHA2_256;DH20+DH14', 'aes256-sha512-sha256-ecp384-modp2048'],
    ['chacha20_poly1305;dh31', 'chacha20poly1305-curve25519'],
    ['3des-sha1;modp1536', '3des-sha1-modp1536'],
    ['constructor;__proto__', 'constructor-__proto__'],
  ])('%s is %s', (written, keywords) => expect(libreswanSuite(written)).toEqual({ written, keywords }));

  test.each(['aes-sha1;dh14', 'aes_gcm', 'aes_gcm_16-null', 'camellia'])(
    '%s leaves the key’s length open, which is refused',
    (written) => expect(libreswanSuite(written).reason).toContain('doesn’t say how long the key'),
  );

  test.each([
    ['esp=aes256-sha2_256', [], 'aes256-sha256-ecp384'],
    ['esp=aes256-sha2_256', ['pfs=yes'], 'aes256-sha256-ecp384'],
    ['esp=aes256-sha2_256', ['pfs=no'], 'aes256-sha256'],
    ['phase2alg=aes256-sha2_256;dh14', [], 'aes256-sha256-modp2048'],
  ])('%s with %j has the group of the IKE suite unless pfs is off', (esp, more, expected) => {
    const text = office('ike=aes_gcm256-sha2_512;dh20', esp, ...more);
    expect(connectionOf(text).settings.esp?.proposals).toEqual([expected]);
  });
});

test.each([
  ['encapsulation=yes', true],
  ['encapsulation=auto', false],
  ['encapsulation=no', false],
  ['forceencaps=yes', true],
  ['encapsulation=maybe', undefined],
])('%s: %s', (setting, expected) => {
  expect(connectionOf(office(setting)).settings.udpEncapsulation).toBe(expected);
});

test('a pool that is no whole subnet is a pool all the same', () => {
  const text = office('left=%any', 'leftaddresspool=10.3.0.10-10.3.0.200');
  expect(connectionOf(text).pool).toBe(null);
  expect(connectionOf(text).missing.filter((sentence) => sentence.startsWith('Virtual'))).toEqual([]);
  expect(lineOf(text, 'leftaddresspool').verdict).toBe('understood');
});
