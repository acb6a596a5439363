import { closeSync, openSync, readSync } from 'node:fs';
import { formatAddress } from '../../contract/addresses.ts';

/** A TCP socket that listens. `address` is canonical; an IPv4-mapped one is the IPv4 address. `inode` names the socket. */
export type Listener = { port: number; address: string; inode: string };

/** All that listen here. `proc`: where procfs is; nothing where it has no such files (no IPv6, another system). */
export function readListeners(proc = '/proc'): Listener[] {
  return ['tcp', 'tcp6'].flatMap((table) => {
    try {
      return parseListeners(readTable(`${proc}/net/${table}`));
    } catch {
      return [];
    }
  });
}

/**
 * The kernel hands out whole rows of 150 bytes, as many as fit into a page (seq_file.rst): fewer bytes than this are the
 * last ones. To be told so by one more read would cost as much again, a walk through all of the kernel's connections.
 */
const LAST_PART = 3_900;
const part = Buffer.alloc(64 * 1024);

function readTable(path: string): string {
  const file = openSync(path, 'r');
  try {
    let text = '';
    for (;;) {
      const length = readSync(file, part);
      text += part.toString('latin1', 0, length);
      if (length < LAST_PART) return text;
    }
  } finally {
    closeSync(file);
  }
}

/**
 * A row in state 0A (TCP_LISTEN): local address and port, and after remote address, state, queues, timer, retransmits,
 * uid and time-out the inode. Source: tcp4_seq_show in net/ipv4/tcp_ipv4.c, tcp6_seq_show in net/ipv6/tcp_ipv6.c.
 */
const listening = /^ *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:0000 0A (?:\S+ +){5}(\d+)/gm;

/** Reads the text of /proc/net/tcp or /proc/net/tcp6. */
export function parseListeners(text: string): Listener[] {
  return [...text.matchAll(listening)].map(([, address = '', port = '', inode = '']) => ({
    port: Number.parseInt(port, 16),
    address: addressOf(address),
    inode,
  }));
}

const MAPPED = 0xffffn;

/** The kernel prints addresses as 32-bit words in its own byte order, which is little-endian wherever an agent runs. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed());
  const value = BigInt(`0x${bytes.join('')}`);
  if (hex.length === 8) return formatAddress(4, value);
  return value >> 32n === MAPPED ? formatAddress(4, value & 0xffff_ffffn) : formatAddress(6, value);
}
