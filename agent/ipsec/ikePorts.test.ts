import { expect, test } from 'vitest';
import { parseUdpSockets } from './ikePorts.ts';

const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  412: 00000000:01F4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 271828 2 0000000000000000 0
 4412: 0100007F:1194 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 314159 2 0000000000000000 0
`;

test('ports and inodes of UDP sockets', () => {
  expect(parseUdpSockets(table)).toEqual([
    { port: 500, inode: '271828' },
    { port: 4500, inode: '314159' },
  ]);
  expect(parseUdpSockets('')).toEqual([]);
});
