import { shown } from '../shownText.ts';
import type { WrittenSuite } from './readSuites.ts';

/** DH groups by number, as Libreswan and IANA count them. */
const groups: Readonly<Record<string, string>> = {
  1: 'modp768',
  2: 'modp1024',
  5: 'modp1536',
  14: 'modp2048',
  15: 'modp3072',
  16: 'modp4096',
  17: 'modp6144',
  18: 'modp8192',
  19: 'ecp256',
  20: 'ecp384',
  21: 'ecp521',
  22: 'modp1024s160',
  23: 'modp2048s224',
  24: 'modp2048s256',
  31: 'curve25519',
};

const tagBytes: Readonly<Record<string, string>> = { a: '8', b: '12', c: '16', 8: '8', 12: '12', 16: '16' };

const names: Readonly<Record<string, string>> = {
  '3des_cbc': '3des',
  chacha20_poly1305: 'chacha20poly1305',
  sha: 'sha1',
  sha2: 'sha256',
  hmac_md5: 'md5',
  aes_xcbc: 'aesxcbc',
  aes_xcbc_96: 'aesxcbc',
  aes_cmac: 'aescmac',
  aes_cmac_96: 'aescmac',
  dh0: 'none',
};

/** One of Libreswan's algorithm names as strongSwan's keyword; a name that both have stays. */
function keywordOf(name: string): string {
  const aead = /^aes_(gcm|ccm)(?:_(a|b|c|8|12|16))?_?(128|192|256)$/.exec(name);
  if (aead) return `aes${aead[3]}${aead[1]}${tagBytes[aead[2] ?? 'c'] ?? '16'}`;
  const cipher = /^(aes|camellia)_?(?:cbc_?)?(ctr_?)?(128|192|256)$/.exec(name);
  if (cipher) return `${cipher[1]}${cipher[3]}${cipher[2] === undefined ? '' : 'ctr'}`;
  const hash = /^(?:hmac_)?sha(?:2_)?(1|256|384|512)(?:_(?:96|128|192|256))?$/.exec(name);
  if (hash && name !== 'sha2_256_96') return `sha${hash[1]}`;
  const group = /^dh(\d{1,2})$/.exec(name);
  if (group) return groups[group[1] ?? ''] ?? names[name] ?? name;
  const curve = /^ecp_(\d{3})$/.exec(name);
  if (curve) return `ecp${curve[1]}`;
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}

/**
 * One suite as Libreswan writes it (`aes_gcm256-sha2_512;dh20`, `aes256-sha2_256+sha1;modp2048`): ciphers, integrity and
 * groups are behind `-` or `;`, several of a kind behind `+`.
 */
export function libreswanSuite(written: string): WrittenSuite {
  if (written.length > 400) return { written, keywords: written };
  const tokens = written
    .toLowerCase()
    .split(/[-;+]/)
    .map((token) => keywordOf(token.trim()));
  const sizeless = tokens.find((token) =>
    /^(?:aes|camellia)(?:_(?:gcm|ccm|ctr|cbc)(?:_(?:a|b|c|8|12|16))?)?$/.test(token),
  );
  if (sizeless !== undefined) {
    const reason = `“${shown(written)}” doesn’t say how long the key of ${sizeless} is, which Libreswan leaves to the other side. Write 256 or 128 behind it.`;
    return { written, reason };
  }
  // Combined ciphers have “null” where others have their integrity algorithm.
  const [cipher = '', ...others] = tokens.filter((token) => token !== '');
  return { written, keywords: [cipher, ...others.filter((token) => token !== 'null')].join('-') };
}
