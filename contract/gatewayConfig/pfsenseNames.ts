import { dhGroupNumbers } from './dhGroups.ts';
import type { AlgorithmNames, VendorNames } from './suiteNames.ts';

// Names: pfSense, ipsec.inc: $p1_ealgos, $p1_halgos, $p1_dhgroups and their likes for phase 2.
const encryption: AlgorithmNames = {
  aes128: 'AES · 128 bits',
  aes192: 'AES · 192 bits',
  aes256: 'AES · 256 bits',
  aes128gcm16: 'AES128-GCM · 128 bits',
  aes192gcm16: 'AES192-GCM · 128 bits',
  aes256gcm16: 'AES256-GCM · 128 bits',
  aes128gcm12: 'AES128-GCM · 96 bits',
  aes192gcm12: 'AES192-GCM · 96 bits',
  aes256gcm12: 'AES256-GCM · 96 bits',
  aes128gcm8: 'AES128-GCM · 64 bits',
  aes192gcm8: 'AES192-GCM · 64 bits',
  aes256gcm8: 'AES256-GCM · 64 bits',
  '3des': '3DES',
};

const hashes: AlgorithmNames = {
  md5: 'MD5',
  sha1: 'SHA1',
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
  aesxcbc: 'AES-XCBC',
};

const groupSizes: Readonly<Record<number, string>> = {
  1: '768 bit',
  2: '1024 bit',
  5: '1536 bit',
  14: '2048 bit',
  15: '3072 bit',
  16: '4096 bit',
  17: '6144 bit',
  18: '8192 bit',
  19: 'nist ecp256',
  20: 'nist ecp384',
  21: 'nist ecp521',
  22: '1024(sub 160) bit',
  23: '2048(sub 224) bit',
  24: '2048(sub 256) bit',
  25: 'nist ecp192',
  26: 'nist ecp224',
  27: 'brainpool ecp224',
  28: 'brainpool ecp256',
  29: 'brainpool ecp384',
  30: 'brainpool ecp512',
  31: 'Elliptic Curve 25519, 256 bit',
};

const keyExchange: AlgorithmNames = Object.fromEntries(
  Object.entries(dhGroupNumbers).flatMap(([keyword, number]) =>
    groupSizes[number] === undefined ? [] : [[keyword, `${number} (${groupSizes[number]})`]],
  ),
);

export const pfsenseNames: VendorNames = {
  ike: {
    encryption,
    integrity: hashes,
    prf: {
      prfmd5: 'MD5',
      prfsha1: 'SHA1',
      prfsha256: 'SHA256',
      prfsha384: 'SHA384',
      prfsha512: 'SHA512',
      prfaesxcbc: 'AES-XCBC',
    },
    keyExchange,
  },
  esp: { encryption, integrity: hashes, keyExchange },
};
