import { groupsByNumber } from './dhGroups.ts';
import type { AlgorithmNames, VendorNames } from './suiteNames.ts';

// Names: FortiOS CLI reference, vpn ipsec phase1-interface and phase2-interface, `proposal` and `dhgrp`.
const hashes: AlgorithmNames = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
};
const keyExchange = groupsByNumber([1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 27, 28, 29, 30, 31, 32]);

const encryption: AlgorithmNames = {
  des: 'des',
  '3des': '3des',
  aes128: 'aes128',
  aes192: 'aes192',
  aes256: 'aes256',
  aes128gcm16: 'aes128gcm',
  aes256gcm16: 'aes256gcm',
  chacha20poly1305: 'chacha20poly1305',
};

export const fortigateNames: VendorNames = {
  ike: {
    encryption,
    integrity: hashes,
    prf: {
      prfsha1: 'prfsha1',
      prfsha256: 'prfsha256',
      prfsha384: 'prfsha384',
      prfsha512: 'prfsha512',
    },
    keyExchange,
  },
  esp: { encryption, integrity: hashes, keyExchange },
};
