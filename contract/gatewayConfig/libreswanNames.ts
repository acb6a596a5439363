import { groupsByNumber } from './dhGroups.ts';
import type { AlgorithmNames, VendorNames } from './suiteNames.ts';

// Names: Libreswan 5, lib/libswan/ike_alg_*.c and ipsec.conf(5). Groups 1, 2 and 22 to 24 aren't compiled in, Brainpool's aren't there.
const keyExchange = groupsByNumber([5, 14, 15, 16, 17, 18, 19, 20, 21, 31], (number) => `dh${number}`);

const combined: AlgorithmNames = {
  aes128gcm16: 'aes_gcm128',
  aes192gcm16: 'aes_gcm192',
  aes256gcm16: 'aes_gcm256',
  chacha20poly1305: 'chacha20_poly1305',
};

const encryption: AlgorithmNames = {
  aes128: 'aes128',
  aes192: 'aes192',
  aes256: 'aes256',
  '3des': '3des',
  ...combined,
};

const hashes: AlgorithmNames = {
  sha1: 'sha1',
  sha256: 'sha2_256',
  sha384: 'sha2_384',
  sha512: 'sha2_512',
};

export const libreswanNames: VendorNames = {
  ike: {
    encryption,
    integrity: hashes,
    prf: {
      prfsha1: 'sha1',
      prfsha256: 'sha2_256',
      prfsha384: 'sha2_384',
      prfsha512: 'sha2_512',
    },
    keyExchange,
  },
  esp: {
    encryption: {
      ...encryption,
      aes128ctr: 'aes_ctr128',
      aes192ctr: 'aes_ctr192',
      aes256ctr: 'aes_ctr256',
      camellia128: 'camellia128',
      camellia192: 'camellia192',
      camellia256: 'camellia256',
    },
    integrity: { ...hashes, aesxcbc: 'aes_xcbc', aescmac: 'aes_cmac' },
    keyExchange,
  },
};
