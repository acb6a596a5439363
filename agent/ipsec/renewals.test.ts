import { expect, test } from 'vitest';
import { Renewals } from './renewals.ts';
import type { ChildSa, IkeSa } from './vici/sas.ts';

const childSa = (name: string, uniqueId: string): ChildSa => ({
  name,
  uniqueId,
  state: 'INSTALLED',
  bytesIn: 0,
  bytesOut: 0,
  packetsIn: 0,
  suite: '',
  localSelectors: [],
  remoteSelectors: [],
});

const ikeSa = (
  uniqueId: string,
  children: readonly [string, string][],
  establishedSeconds: number | null = 1,
): IkeSa => ({
  name: 'vpn_guide',
  uniqueId,
  version: 2,
  state: 'ESTABLISHED',
  remoteHost: '',
  remoteId: '',
  establishedSeconds,
  suite: '',
  virtualIps: [],
  children: children.map(([name, id]) => childSa(name, id)),
});

test.each<[string, IkeSa[][], number | null]>([
  ['it came up', [[ikeSa('1', [['net', '1']])]], null],
  ['nothing changed', [[ikeSa('1', [['net', '1']])], [ikeSa('1', [['net', '1']])]], null],
  ['a CHILD_SA was replaced', [[ikeSa('1', [['net', '1']])], [ikeSa('1', [['net', '2']])]], 1],
  [
    'both are listed for a while',
    [
      [ikeSa('1', [['net', '1']])],
      [
        ikeSa('1', [
          ['net', '2'],
          ['net', '1'],
        ]),
      ],
      [ikeSa('1', [['net', '2']])],
    ],
    1,
  ],
  ['the IKE_SA was replaced', [[ikeSa('1', [['net', '1']])], [ikeSa('2', [['net', '1']])]], 1],
  [
    'another IKE_SA is only being set up',
    [[ikeSa('1', [['net', '1']])], [ikeSa('1', [['net', '1']]), ikeSa('2', [], null)]],
    null,
  ],
  [
    'a subnet was added',
    [
      [ikeSa('1', [['net', '1']])],
      [
        ikeSa('1', [
          ['net', '1'],
          ['net1', '2'],
        ]),
      ],
    ],
    null,
  ],
  ['twice', [[ikeSa('1', [['net', '9']])], [ikeSa('1', [['net', '10']])], [ikeSa('1', [['net', '11']])]], 2],
])('%s', (_, looks, expected) => {
  const renewals = new Renewals();
  for (const [at, sas] of looks.entries()) renewals.look(sas, at);
  expect(renewals.lastAt).toBe(expected);
});

test('what comes up with other settings is no renewal, what was renewed before stays', () => {
  const renewals = new Renewals();
  renewals.look([ikeSa('1', [['net', '1']])], 0);
  renewals.look([ikeSa('1', [['net', '2']])], 1);
  renewals.restart();
  renewals.look([ikeSa('2', [['net', '3']])], 2);
  expect(renewals.lastAt).toBe(1);
  renewals.forget();
  expect(renewals.lastAt).toBeNull();
});
