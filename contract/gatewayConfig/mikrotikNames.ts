import { dhGroupNumbers } from './dhGroups.ts';
import type { AlgorithmNames, VendorNames } from './suiteNames.ts';

// Names: RouterOS manual, IPsec: `enc-algorithm`, `hash-algorithm` and `dh-group` of profiles, `enc-algorithms`, `auth-algorithms`
// and `pfs-group` of proposals.
const hashes: AlgorithmNames = { md5: 'md5', sha1: 'sha1', sha256: 'sha256', sha512: 'sha512' };

/** RouterOS writes groups as strongSwan does, and has those up to ecp521. */
const keyExchange: AlgorithmNames = Object.fromEntries(
  Object.entries(dhGroupNumbers)
    .filter(([, number]) => number <= 21)
    .map(([keyword]) => [keyword, keyword]),
);

const blockCiphers: AlgorithmNames = {
  des: 'des',
  '3des': '3des',
  camellia128: 'camellia-128',
  camellia192: 'camellia-192',
  camellia256: 'camellia-256',
};

export const mikrotikNames: VendorNames = {
  ike: {
    encryption: { ...blockCiphers, aes128: 'aes-128', aes192: 'aes-192', aes256: 'aes-256' },
    integrity: hashes,
    keyExchange,
  },
  esp: {
    encryption: {
      ...blockCiphers,
      aes128: 'aes-128-cbc',
      aes192: 'aes-192-cbc',
      aes256: 'aes-256-cbc',
      aes128ctr: 'aes-128-ctr',
      aes192ctr: 'aes-192-ctr',
      aes256ctr: 'aes-256-ctr',
      aes128gcm16: 'aes-128-gcm',
      aes192gcm16: 'aes-192-gcm',
      aes256gcm16: 'aes-256-gcm',
    },
    integrity: hashes,
    keyExchange,
  },
};
