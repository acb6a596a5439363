import { groupsByNumber } from './dhGroups.ts';
import type { AlgorithmNames, VendorNames } from './suiteNames.ts';

// Names: IOS XE's YANG model of IKEv2 proposals and transform sets, and Cisco's configuration guides.
const hashes: AlgorithmNames = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
};
const groups = [1, 2, 5, 14, 15, 16, 19, 20, 21, 24];

export const ciscoNames: VendorNames = {
  ike: {
    encryption: {
      aes128: 'aes-cbc-128',
      aes192: 'aes-cbc-192',
      aes256: 'aes-cbc-256',
      '3des': '3des',
      aes128gcm16: 'aes-gcm-128',
      aes256gcm16: 'aes-gcm-256',
    },
    integrity: hashes,
    prf: { prfmd5: 'md5', prfsha1: 'sha1', prfsha256: 'sha256', prfsha384: 'sha384', prfsha512: 'sha512' },
    keyExchange: groupsByNumber(groups),
  },
  esp: {
    encryption: {
      aes128: 'esp-aes',
      aes192: 'esp-aes 192',
      aes256: 'esp-aes 256',
      '3des': 'esp-3des',
      des: 'esp-des',
      aes128gcm16: 'esp-gcm',
      aes192gcm16: 'esp-gcm 192',
      aes256gcm16: 'esp-gcm 256',
    },
    integrity: {
      md5: 'esp-md5-hmac',
      sha1: 'esp-sha-hmac',
      sha256: 'esp-sha256-hmac',
      sha384: 'esp-sha384-hmac',
      sha512: 'esp-sha512-hmac',
    },
    keyExchange: groupsByNumber(groups, (number) => `group${number}`),
  },
};
