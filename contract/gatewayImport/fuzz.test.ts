import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVpn, vpnDefaults, type VpnSettings } from '../vpns.ts';
import { importGatewayConfig } from './import.ts';
import type { ImportedConnection } from './imported.ts';
import { conn, swanctl } from './imported.testing.ts';

/** `FUZZ_RUNS` and `FUZZ_SEED` in the environment make it longer, or other; a failure names its seed. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 9);

const samples = [
  readFileSync(new URL('../../e2e/lab/guide-ipsec.conf', import.meta.url), 'utf8'),
  conn(
    'left=1.2.3.4',
    'leftid=@vpn.example.com',
    'leftsubnet=10.1.0.0/16,10.2.0.0/16',
    'right=%any',
    'rightsourceip=10.200.0.0/24',
    'ike=aes256-sha256-modp2048,aes256gcm16-prfsha384-ecp384!',
    'ikelifetime=1.5h',
    'also=base',
  ),
  'conn base\n  dpddelay=30s\n1.2.3.4 %any : PSK "pa ss # word"\n: PSK 0sQUJDRA==\n',
  'conn lib\n\tikev2=insist\n\tleft=%any\n\tleftaddresspool=10.3.0.1-10.3.0.9\n\tright=1.2.3.4\n\tesp=aes_gcm256;dh20\n',
  swanctl('proposals = aes256-sha256-modp2048\nrekey_time = 010h', 'local_ts = 10.1.0.0/16, fd00::/64\n'),
  'base { dpd_delay = 30 }\nconnections { a : base { encap = yes } }\nsecrets { ike { secret = "a\\"b" id = x } }\n',
];
/** What breaks readers: ends of things in wrong places, other alphabets, and values that are nearly right. */
const pieces = [
  '\n',
  '\r\n',
  ' ',
  '\t',
  '=',
  '#',
  '"',
  "'",
  '\\',
  '{',
  '}',
  ':',
  ',',
  ';',
  '!',
  '%',
  '@',
  '/',
  '\0',
  '\u2028',
  '\u00a0',
  '\ud800',
  'ß',
  'conn x\n ',
  'conn %default\n ',
  'also=office',
  'include /x',
  'config setup\n ',
  ': PSK ',
  '0s',
  '0x',
  'left=',
  'right=',
  '%any',
  'leftsubnet=',
  '0.0.0.0/0',
  '10.0.0.0/',
  '/0x18',
  '10.0.0.1/8',
  '::/0',
  'ike=',
  'esp=',
  'dh14',
  'aes',
  '1h30m',
  '010',
  '1e9',
  '-1',
  'connections {',
  'children { c {',
  'local_ts = ',
  'secrets { ike {',
  'secret = ',
  '__proto__',
  'constructor',
  'a : a {',
  'version = 3',
];

/** A small random generator (mulberry32): fast enough for 100,000 inputs, and the same for the same seed. */
function randomFrom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutated(random: (below: number) => number): string {
  let text = samples[random(samples.length)] ?? '';
  if (random(8) === 0) text += `\n${samples[random(samples.length)] ?? ''}`;
  if (random(3) === 0) text = '';
  for (let times = 1 + random(8); times > 0; times -= 1) {
    const at = random(text.length + 1);
    const piece = pieces[random(pieces.length)] ?? '';
    const cut = random(3) === 0 ? random(20) : 0;
    text =
      text.slice(0, at) + (random(5) === 0 ? text.slice(at, at + random(30)) : piece) + text.slice(at + cut);
  }
  return text;
}

/** A VPN that has what was imported, and beside that only what is accepted. */
const completed = ({
  settings,
  preSharedKey,
}: ImportedConnection): VpnSettings & { preSharedKey: string } => ({
  ...vpnDefaults,
  name: 'Office',
  peerIp: '9.9.9.9',
  peerSubnets: ['192.0.2.0/24'],
  ...settings,
  ike: { ...vpnDefaults.ike, ...settings.ike },
  esp: { ...vpnDefaults.esp, ...settings.esp },
  preSharedKey: preSharedKey ?? 'twenty characters at least',
});

function check(text: string): number {
  const result = importGatewayConfig(text);
  if (!result.ok) {
    if (!result.refusal.code.startsWith('import_')) throw new Error(result.refusal.code);
    return 0;
  }
  for (const connection of result.value.connections) {
    const vpn = completed(connection);
    const { refusals, canonical } = checkVpn(vpn, { allowPrivatePeers: false });
    const { preSharedKey: _, ...settings } = vpn;
    if (refusals.length > 0 || JSON.stringify(canonical) !== JSON.stringify({ ...canonical, ...settings })) {
      throw new Error(`${JSON.stringify(text)}: ${JSON.stringify(refusals)}`);
    }
  }
  return result.value.connections.length;
}

const SLOW_MS = 10;

/** The machine may be elsewhere at any time: what is slow is slow each time. In milliseconds. */
function quickest(text: string): number {
  const times = Array.from({ length: 8 }, () => {
    const before = performance.now();
    check(text);
    return performance.now() - before;
  });
  return Math.min(...times);
}

test(`${RUNS} mutated files: none throws, none takes long, and what is taken can be saved`, () => {
  const random = randomFrom(seed);
  let connections = 0;
  const slow: string[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const text = mutated(random);
    const before = performance.now();
    connections += check(text);
    if (performance.now() - before >= SLOW_MS && quickest(text) >= SLOW_MS) slow.push(text);
  }
  expect(slow).toEqual([]);
  expect(connections).toBeGreaterThan(RUNS / 4);
}, 300_000);

test('any text at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      check(text);
      check(`conn office\n${text}`);
      check(`connections { office { ${text}`);
    }),
    { numRuns: 1000, seed },
  );
});

/** 256 KB of the same, over and over: what isn't linear takes minutes. */
test.each([
  '\n',
  ' ',
  '#',
  '"',
  '\\',
  '{',
  '}',
  '=',
  ':',
  ',',
  'a',
  '0',
  '@',
  '(',
  '-',
  '/',
  'conn x\n also=x\n',
  'conn x',
  'a=',
  ' a=b\n',
  'a {',
  'a : a { ',
  ': PSK ',
  ':PSKx',
  ' psk',
  'include x\n',
  'a = "b" ',
  '10.0.0.0/8,',
  'aes256-',
  'aes256-sha256,',
  'leftsubnet=10.0.0.0/8\n',
  'secret',
  '-----BEGIN ',
])('%j 256 KB long is read at once', (piece) => {
  for (const start of [
    '',
    'conn x\n leftsubnet=',
    'conn x\n ike=',
    'conn x\n leftid="',
    'connections { x { proposals = ',
    ': PSK ',
  ]) {
    const text = start + piece.repeat(Math.floor((256 * 1024 - start.length) / piece.length));
    const before = performance.now();
    check(text);
    expect(performance.now() - before).toBeLessThan(2000);
  }
});
