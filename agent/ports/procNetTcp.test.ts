import { expect, test } from 'vitest';
import { parseListeners } from './procNetTcp.ts';

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const rest = '00000000:00000000 00:00000000 00000000';
const listening = (local: string, inode = 7) =>
  `   0: ${local} ${'0'.repeat(local.indexOf(':'))}:0000 0A ${rest}  1000        0 ${inode} 1 00000000cb3a7240 100 0 0 10 0`;

test.each([
  ['0100007F:0BB8', 3000, '127.0.0.1'],
  ['00000000:07E8', 2024, '0.0.0.0'],
  ['020200C0:FFFF', 65_535, '192.0.2.2'],
  ['3500007F:0035', 53, '127.0.0.53'],
  ['00000000000000000000000000000000:1F90', 8080, '::'],
  ['00000000000000000000000001000000:1F90', 8080, '::1'],
  ['000000FD000000000000000002000000:0050', 80, 'fd00::2'],
  ['000080FE00000000FF00FC000100000E:0050', 80, 'fe80::fc:ff:e00:1'],
  ['0000000000000000FFFF00000100007F:0050', 80, '127.0.0.1'],
  ['0000000000000000FFFF000000000000:0050', 80, '0.0.0.0'],
])('%s is port %i on %s', (local, port, address) => {
  expect(parseListeners(`${header}\n${listening(local, 1589)}\n`)).toEqual([
    { port, address, inode: '1589' },
  ]);
});

test('connections are no listeners', () => {
  const text = [
    header,
    listening('0100007F:0050', 1),
    `   1: 0100007F:0050 0100007F:8C1E 01 ${rest}     0        0 2 1 0000000000000000 20 4 30 10 -1`,
    `   2: 0100007F:8C1E 0100007F:0050 06 ${rest}     0        0 0 3 0000000000000000`,
    listening('0100007F:0051', 3),
  ].join('\n');
  expect(parseListeners(text).map(({ port }) => port)).toEqual([80, 81]);
});

test.each(['', header, `${header}\n`, 'something else entirely\n0: xyz 0A'])('%j holds none', (text) => {
  expect(parseListeners(text)).toEqual([]);
});
