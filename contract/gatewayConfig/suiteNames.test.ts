import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonProposals, parseProposal, type Phase } from '../proposals.ts';
import { allKeywords, findAlgorithm } from '../suites.ts';
import { ciscoNames } from './ciscoNames.ts';
import { dhGroupNumbers } from './dhGroups.ts';
import { gatewayKinds } from './document.ts';
import { fortigateNames } from './fortigateNames.ts';
import { libreswanNames } from './libreswanNames.ts';
import { mikrotikNames } from './mikrotikNames.ts';
import { pfsenseNames } from './pfsenseNames.ts';
import { renderGateway } from './render.ts';
import { guideWith, partsText, rendered } from './testing/settings.ts';
import { alternatives } from './suiteNames.ts';

test('every DH group has the number that its words say', () => {
  const groups = allKeywords()
    .map(findAlgorithm)
    .filter((algorithm) => algorithm?.words.startsWith('group '));
  expect(new Set(groups.map((group) => group?.keyword))).toEqual(new Set(Object.keys(dhGroupNumbers)));
  for (const group of groups) expect(group?.words).toBe(`group ${dhGroupNumbers[group?.keyword ?? '']}`);
});

describe('the tables hold canonical, usable algorithms of the right kind', () => {
  const tables = { ciscoNames, fortigateNames, libreswanNames, mikrotikNames, pfsenseNames };
  const rows = Object.entries(tables).flatMap(([vendor, phases]) =>
    Object.entries(phases).flatMap(([phase, kinds]) =>
      Object.entries(kinds).flatMap(([kind, names]) =>
        Object.keys(names).map((keyword) => ({ vendor, phase, kind, keyword })),
      ),
    ),
  );
  test.each(rows)('$vendor, $phase, $kind: $keyword', ({ kind, keyword }) => {
    expect(findAlgorithm(keyword)).toMatchObject({ keyword, kind });
    expect(findAlgorithm(keyword)?.unusable).toBeUndefined();
  });
});

const template = gatewayKinds.filter((kind) => !kind.startsWith('strongswan') && kind !== 'generic');

const usable = (kind: string): string[] => [
  ...new Set(
    allKeywords().flatMap((spelling) => {
      const algorithm = findAlgorithm(spelling);
      return algorithm?.kind === kind && algorithm.unusable === undefined ? [algorithm.keyword] : [];
    }),
  ),
];

test.each<Phase>(['ike', 'esp'])(
  'every %s suite is said in each vendor’s words, or named as the reason why not',
  (phase) => {
    const suite = fc
      .tuple(
        ...['encryption', 'integrity', 'prf', 'keyExchange'].map((kind) =>
          fc.constantFrom(...usable(kind), ''),
        ),
      )
      .map((parts) => parseProposal(parts.filter((part) => part !== '').join('-'), phase, 2));
    fc.assert(
      fc.property(suite, fc.constantFrom(...template), (parsed, kind) => {
        fc.pre(parsed.ok);
        if (!parsed.ok) return;
        const { keywords } = parsed.value;
        const document = renderGateway(kind, guideWith({ [phase]: [keywords] }));
        if (document.unfit === null) expect(partsText(document)).not.toContain('cipher suites>');
        else expect(document.unfit).toContain(keywords);
      }),
      { numRuns: 1000 },
    );
  },
);

test.each<[string, Phase, string[]]>([
  ['aes256-sha256-modp2048', 'ike', ['aes256-sha256-modp2048']],
  [
    'aes256-aes128-sha256-modp2048-ecp256',
    'ike',
    ['aes256-sha256-modp2048', 'aes256-sha256-ecp256', 'aes128-sha256-modp2048', 'aes128-sha256-ecp256'],
  ],
  [
    'aes256gcm16-prfsha384-prfsha256-ecp384',
    'ike',
    ['aes256gcm16-prfsha384-ecp384', 'aes256gcm16-prfsha256-ecp384'],
  ],
  ['aes256-sha256-sha384-modp2048', 'ike', ['aes256-sha256-modp2048', 'aes256-sha384-modp2048']],
  ['aes256-sha256-modp2048-none', 'esp', ['aes256-sha256-modp2048', 'aes256-sha256']],
])('%s (%s) in suites of one algorithm each: %j', (text, phase, singles) => {
  const parsed = parseProposal(text, phase, 2);
  expect(parsed.ok && alternatives(parsed.value).map(({ keywords }) => keywords)).toEqual(singles);
});

describe('one name of each, as the vendor writes it', () => {
  test.each<[(typeof gatewayKinds)[number], string, string, string[]]>([
    [
      'libreswan',
      'aes256gcm16-prfsha384-ecp384',
      'aes256gcm16-ecp384',
      ['ike=aes_gcm256-sha2_384;dh20\n', 'esp=aes_gcm256;dh20\n', 'pfs=yes\n'],
    ],
    [
      'libreswan',
      'aes128-sha1-modp1536',
      'aes256-sha512',
      ['ike=aes128-sha1;dh5\n', 'esp=aes256-sha2_512\n', 'pfs=no\n'],
    ],
    [
      'cisco-ios-xe',
      'aes256gcm16-prfsha384-ecp384',
      'aes256gcm16-ecp384',
      [
        ' encryption aes-gcm-256\n prf sha384\n group 20\n',
        ' esp-gcm 256\n mode tunnel\n',
        ' set pfs group20\n',
      ],
    ],
    [
      'cisco-ios-xe',
      'aes192-sha256-prfsha512-modp4096',
      'aes128-sha1',
      [' encryption aes-cbc-192\n integrity sha256\n prf sha512\n group 16\n', ' esp-aes esp-sha-hmac\n'],
    ],
    [
      'fortigate',
      'chacha20poly1305-prfsha256-curve25519',
      'chacha20poly1305-curve25519',
      ['set proposal chacha20poly1305-prfsha256\n        set dhgrp 31\n', 'set proposal chacha20poly1305\n'],
    ],
    [
      'fortigate',
      'aes256-sha512-ecp512bp',
      'aes256-sha256',
      ['set proposal aes256-sha512\n        set dhgrp 30\n', 'set pfs disable\n'],
    ],
    [
      'mikrotik',
      'camellia256-sha512-ecp521',
      'aes256gcm16-ecp384',
      [
        'enc-algorithm=camellia-256 hash-algorithm=sha512 dh-group=ecp521 ',
        'enc-algorithms=aes-256-gcm auth-algorithms=null pfs-group=ecp384 ',
      ],
    ],
    [
      'opnsense',
      'aes256gcm16-prfsha256-curve25519',
      'aes128gcm16-curve448',
      ['Proposals: aes256gcm16-sha256-x25519\n', 'ESP proposals: aes128gcm16-x448\n'],
    ],
    [
      'pfsense',
      'aes256gcm16-prfsha384-ecp384',
      'aes128-aesxcbc',
      [
        'AES256-GCM · 128 bits · SHA384 · 20 (nist ecp384)\n',
        'Hash Algorithms: AES-XCBC\n',
        'PFS key group: off\n',
      ],
    ],
    [
      'generic',
      'aes256-sha256-modp2048',
      'aes256gcm16-ecp384',
      ['DH group 14 is modp2048', 'DH group 20 is ecp384', '[aes256gcm16-ecp384]'],
    ],
  ])('%s: %s, %s', (kind, ike, esp, parts) => {
    const text = rendered(kind, guideWith({ ike: [ike], esp: [esp] }));
    for (const part of parts) expect(text).toContain(part);
  });

  test('the suites that the form offers first are there for every kind', () => {
    for (const kind of gatewayKinds) {
      const document = renderGateway(
        kind,
        guideWith({ ike: commonProposals('ike', 2), esp: commonProposals('esp', 2) }),
      );
      expect(document.unfit).toBeNull();
    }
  });
});
