/** Which part of a cipher suite a keyword names. `additional` are further key exchanges (RFC 9370). */
export type AlgorithmKind = 'encryption' | 'integrity' | 'prf' | 'keyExchange' | 'additional' | 'esn';

/** One algorithm under its canonical strongSwan keyword. */
export type Algorithm = {
  keyword: string;
  kind: AlgorithmKind;
  /** For people: `AES-256 CBC`, `group 14`. */
  words: string;
  /** Encrypts and protects integrity in one (AEAD). */
  combined?: true;
  /** Keyword of the PRF that IKE derives from this integrity algorithm when none is named. */
  prf?: string;
  /** In which phases IKEv1 has a number for it. */
  ikev1: { ike: boolean; esp: boolean };
  /** Why it can’t be carried out here, as a clause: `it doesn’t encrypt anything`. */
  unusable?: string;
  /** Why it is weak, a whole sentence. */
  weak?: string;
};

type Details = Pick<Algorithm, 'combined' | 'prf' | 'unusable' | 'weak'>;

const everywhere = { ike: true, esp: true };
const espOnly = { ike: false, esp: true };
const nowhere = { ike: false, esp: false };

const algorithms = new Map<string, Algorithm>();

/** Registers an algorithm under its canonical keyword and under the other spellings that strongSwan reads the same. */
function define(
  kind: AlgorithmKind,
  keywords: string,
  words: string,
  ikev1: Algorithm['ikev1'],
  details: Details = {},
): void {
  const [keyword = '', ...others] = keywords.split(' ');
  for (const spelling of [keyword, ...others]) {
    algorithms.set(spelling, { keyword, kind, words, ikev1, ...details });
  }
}

const version6 = 'it needs strongSwan 6, which replicas don’t always have';
const privateNumber = 'it has no number of its own in IKE, so only strongSwan gateways could be asked for it';
const unencrypted = 'it doesn’t encrypt anything';
const shortBlocks = (name: string) =>
  `${name} has 64-bit blocks, which leak data on long connections (Sweet32).`;

// The keywords are those of strongSwan's src/libstrongswan/crypto/proposal/proposal_keywords_static.txt, 5.9.8 and 6.0; what IKEv1
// can carry is in src/libcharon/encoding/payloads/proposal_substructure.c.
for (const bits of [128, 192, 256]) {
  const alias = (name: string) => (bits === 128 ? ` ${name}` : '');
  define('encryption', `aes${bits}${alias('aes')}`, `AES-${bits} CBC`, everywhere);
  define('encryption', `aes${bits}ctr`, `AES-${bits} CTR`, espOnly);
  for (const mode of ['gcm', 'ccm']) {
    const name = `AES-${bits} ${mode.toUpperCase()}`;
    const base = `aes${bits}${mode}`;
    define('encryption', `${base}16 ${base} ${base}128`, name, espOnly, { combined: true });
    define('encryption', `${base}12 ${base}96`, `${name} with 12-byte tags`, espOnly, { combined: true });
    define('encryption', `${base}8 ${base}64`, `${name} with 8-byte tags`, espOnly, { combined: true });
  }
  define('encryption', `aes${bits}gmac`, `AES-${bits} GMAC`, espOnly, {
    combined: true,
    unusable: unencrypted,
    weak: 'GMAC protects against changes but encrypts nothing.',
  });
  define('encryption', `camellia${bits}${alias('camellia')}`, `Camellia-${bits} CBC`, everywhere);
  define('encryption', `camellia${bits}ctr`, `Camellia-${bits} CTR`, nowhere);
  for (const [bytes, tag] of [
    [16, 128],
    [12, 96],
    [8, 64],
  ] as const) {
    const base = `camellia${bits}ccm`;
    const words = `Camellia-${bits} CCM${bytes === 16 ? '' : ` with ${bytes}-byte tags`}`;
    define('encryption', `${base}${bytes} ${base}${tag}`, words, nowhere, { combined: true });
  }
  const weak = shortBlocks('Blowfish');
  define('encryption', `blowfish${bits}${alias('blowfish')}`, `Blowfish-${bits}`, everywhere, { weak });
  define('encryption', `serpent${bits}${alias('serpent')}`, `Serpent-${bits}`, everywhere, {
    unusable: privateNumber,
  });
  define('encryption', `twofish${bits}${alias('twofish')}`, `Twofish-${bits}`, everywhere, {
    unusable: privateNumber,
  });
}
define('encryption', 'chacha20poly1305', 'ChaCha20-Poly1305', nowhere, { combined: true });
define('encryption', 'chacha20poly1305compat', 'ChaCha20-Poly1305 in its older form', nowhere, {
  combined: true,
  unusable: 'it is a form that only old strongSwan versions speak',
});
define('encryption', 'cast128', 'CAST-128', everywhere, { weak: shortBlocks('CAST-128') });
define('encryption', '3des', '3DES', everywhere, { weak: shortBlocks('3DES') });
define('encryption', 'des', 'DES', everywhere, {
  weak: 'DES has 56-bit keys, which can be found by trying.',
});
define('encryption', 'null', 'no encryption', espOnly, {
  unusable: unencrypted,
  weak: 'NULL encrypts nothing.',
});

const sha1Weak = 'SHA-1 is outdated. Use SHA-256 where the gateway can.';
const md5Weak = 'MD5 is broken. Use SHA-256 where the gateway can.';
const fibreChannel = 'it is for Fibre Channel only (RFC 4595)';
define('integrity', 'sha256 sha2_256', 'SHA-256', everywhere, { prf: 'prfsha256' });
define('integrity', 'sha384 sha2_384', 'SHA-384', everywhere, { prf: 'prfsha384' });
define('integrity', 'sha512 sha2_512', 'SHA-512', everywhere, { prf: 'prfsha512' });
define('integrity', 'sha1 sha', 'SHA-1', everywhere, { prf: 'prfsha1', weak: sha1Weak });
define('integrity', 'md5', 'MD5', everywhere, { prf: 'prfmd5', weak: md5Weak });
define('integrity', 'aesxcbc', 'AES-XCBC', espOnly, { prf: 'prfaesxcbc' });
define('integrity', 'aescmac', 'AES-CMAC', nowhere, { prf: 'prfaescmac' });
define('integrity', 'camelliaxcbc', 'Camellia-XCBC', nowhere, { prf: 'prfcamelliaxcbc' });
define('integrity', 'sha256_96 sha2_256_96', 'SHA-256 cut to 96 bits', nowhere, { unusable: privateNumber });
define('integrity', 'sha1_160', 'SHA-1 with 160 bits', nowhere, {
  prf: 'prfsha1',
  unusable: fibreChannel,
  weak: sha1Weak,
});
define('integrity', 'md5_128', 'MD5 with 128 bits', nowhere, {
  prf: 'prfmd5',
  unusable: fibreChannel,
  weak: md5Weak,
});

// IKEv1 has no numbers for PRFs: it uses the hash. `refuseProposal` compares them.
define('prf', 'prfsha256', 'PRF SHA-256', everywhere);
define('prf', 'prfsha384', 'PRF SHA-384', everywhere);
define('prf', 'prfsha512', 'PRF SHA-512', everywhere);
define('prf', 'prfsha1', 'PRF SHA-1', everywhere, { weak: sha1Weak });
define('prf', 'prfmd5', 'PRF MD5', everywhere, { weak: md5Weak });
define('prf', 'prfaesxcbc', 'PRF AES-XCBC', nowhere);
define('prf', 'prfaescmac', 'PRF AES-CMAC', nowhere);
define('prf', 'prfcamelliaxcbc', 'PRF Camellia-XCBC', nowhere);

// Numbers: IANA “Transform Type 4 - Key Exchange Method Transform IDs”, which are the group numbers of most appliances.
const short = (number: number, bits: string) =>
  `Group ${number} (${bits}) is too short. Use group 14 or above.`;
const fixedSubgroup = (number: number) =>
  `Group ${number} (RFC 5114) is of unknown origin. Use group 14 instead.`;
for (const [keyword, number, weak] of [
  ['modp768', 1, short(1, '768 bits')],
  ['modp1024', 2, short(2, '1024 bits')],
  ['modp1536', 5, short(5, '1536 bits')],
  ['modp2048', 14],
  ['modp3072', 15],
  ['modp4096', 16],
  ['modp6144', 17],
  ['modp8192', 18],
  ['ecp256', 19],
  ['ecp384', 20],
  ['ecp521', 21],
  ['modp1024s160', 22, fixedSubgroup(22)],
  ['modp2048s224', 23, fixedSubgroup(23)],
  ['modp2048s256', 24, fixedSubgroup(24)],
  ['ecp192', 25, short(25, '192-bit curve')],
  ['ecp224', 26],
  ['ecp224bp', 27],
  ['ecp256bp', 28],
  ['ecp384bp', 29],
  ['ecp512bp', 30],
  ['curve25519 x25519', 31],
  ['curve448 x448', 32],
] as const) {
  define('keyExchange', keyword, `group ${number}`, everywhere, weak === undefined ? {} : { weak });
}
define('keyExchange', 'none modpnone', 'none', everywhere);
define('keyExchange', 'modpnull', 'no key exchange', nowhere, {
  unusable: 'it is for tests and exchanges no key',
});
for (const name of ['mlkem512', 'mlkem768', 'mlkem1024', 'gost256', 'gost512']) {
  define('keyExchange', name, name, nowhere, {
    unusable: version6,
  });
}
for (const name of ['ntru112', 'ntru128', 'ntru192', 'ntru256', 'newhope128']) {
  define('keyExchange', name, name, nowhere, { unusable: 'it was removed from strongSwan 6' });
}
define('esn', 'noesn', 'No extended sequence numbers', everywhere);
define('esn', 'esn', 'Extended sequence numbers', everywhere, {
  unusable: 'they don’t work where replicas have no IPsec in the kernel (kernel-libipsec)',
});

/** The algorithm behind a keyword in any of its spellings, case-sensitive as in strongSwan; undefined: there is none. */
export function findAlgorithm(keyword: string): Algorithm | undefined {
  const additional = /^(ke[1-7]_)(.+)$/.exec(keyword);
  if (!additional) return algorithms.get(keyword);
  const inner = algorithms.get(additional[2] ?? '');
  if (inner?.kind !== 'keyExchange') return undefined;
  const name = `${additional[1]}${inner.keyword}`;
  return { keyword: name, kind: 'additional', words: name, ikev1: nowhere, unusable: version6 };
}

/** Every algorithm once, in the order above. */
export const allAlgorithms: readonly Algorithm[] = [...algorithms]
  .filter(([spelling, { keyword }]) => spelling === keyword)
  .map(([, algorithm]) => algorithm);

/** Every keyword, in every spelling. */
export const allKeywords = (): string[] => [...algorithms.keys()];
