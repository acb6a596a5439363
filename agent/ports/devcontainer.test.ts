import { describe, expect, test } from 'vitest';
import { FromAgent } from '../../contract/agentProtocol.ts';
import { REPORTED_PORTS_MAX } from '../../contract/agentConnection.ts';
import { readDevcontainer } from './devcontainer.ts';

const declared = (config: unknown) => {
  const read = readDevcontainer(typeof config === 'string' ? config : JSON.stringify(config));
  return read.ok ? read.declaration : expect.fail(read.problem);
};
const unsaid = { label: null, protocol: null, onAutoForward: null };
const attributes = (value: unknown) => declared({ portsAttributes: { 3000: value } }).ports[0];

test('a file as people write it', () => {
  const text = `\uFEFF{
    // The app, and its database
    "image": "mcr.example/node:24",
    "forwardPorts": [3000, "db:5432",], /* the other container’s isn’t ours */
    "portsAttributes": {
      "3000": { "label": "Storefront", "protocol": "https", "onAutoForward": "openBrowser" },
      "9229": { "label": "Debugger", "onAutoForward": "ignore", },
    },
    "otherPortsAttributes": { "onAutoForward": "silent" },
  }`;
  expect(declared(text)).toEqual({
    ports: [
      { port: 3000, forward: true, label: 'Storefront', protocol: 'https', onAutoForward: 'notify' },
      { port: 9229, forward: false, label: 'Debugger', protocol: null, onAutoForward: 'ignore' },
    ],
    otherPorts: 'silent',
  });
});

test('one that says nothing of ports', () => {
  expect(declared('{}')).toEqual({ ports: [], otherPorts: null });
});

describe('forwardPorts', () => {
  test.each<[unknown, number[]]>([
    [
      [8080, 3000, 8080],
      [3000, 8080],
    ],
    [
      ['3000', 'localhost:3001', '127.0.0.1:3002', 'LOCALHOST:3003'],
      [3000, 3001, 3002, 3003],
    ],
    [['db:5432', '10.0.0.5:80', '0.0.0.0:80', 'localhost:80:90', 'localhost:', ':80', '[::1]:80'], []],
    [[0, -1, 1.5, 65_536, '65536', '99999', null, true, {}, [3000], '3000 ', '0x50'], []],
    [3000, []],
    [{ 0: 3000 }, []],
    [null, []],
  ])('%j is %j', (forwardPorts, ports) => {
    const expected = ports.map((port) => ({ port, forward: true, ...unsaid }));
    expect(declared({ forwardPorts }).ports).toEqual(expected);
  });
});

describe('portsAttributes', () => {
  test.each<[string, number[]]>([
    ['3000', [3000]],
    ['localhost:3000', [3000]],
    ['3000-3002', [3000, 3001, 3002]],
    ['65534-65540', [65_534, 65_535]],
    ['3002-3000', []],
    ['1-65535', []],
    ['40000-55000', []],
    ['.+\\/server.js', []],
    ['(', []],
    ['db:3000', []],
    ['', []],
    ['toString', []],
  ])('the key %j is %j', (key, ports) => {
    const found = declared({ portsAttributes: { [key]: { label: 'x' } } }).ports;
    expect(found.map(({ port }) => port)).toEqual(ports);
  });

  test('what a port’s own entry leaves unsaid comes from its ranges, the first one first', () => {
    const portsAttributes = {
      '2999-3001': { label: 'Range', protocol: 'http' },
      '3000-3010': { label: 'Later', protocol: 'https', onAutoForward: 'silent' },
      '3000': { label: 'Own' },
    };
    expect(declared({ portsAttributes }).ports.find(({ port }) => port === 3000)).toEqual({
      port: 3000,
      forward: false,
      label: 'Own',
      protocol: 'http',
      onAutoForward: 'silent',
    });
  });

  test.each([
    ['notify', 'notify'],
    ['openBrowser', 'notify'],
    ['openBrowserOnce', 'notify'],
    ['openPreview', 'notify'],
    ['silent', 'silent'],
    ['ignore', 'ignore'],
    ['toString', null],
    [7, null],
  ])('onAutoForward %j is %j', (onAutoForward, expected) => {
    expect(attributes({ onAutoForward })?.onAutoForward).toBe(expected);
  });

  test.each([
    ['https', 'https'],
    ['http', 'http'],
    ['tcp', null],
    [null, null],
  ])('protocol %j is %j', (protocol, expected) => {
    expect(attributes({ protocol })?.protocol).toBe(expected);
  });

  test.each([null, 7, 'x', [], ['x']])('%j instead of attributes says nothing', (value) => {
    expect(attributes(value)).toEqual({ port: 3000, forward: false, ...unsaid });
  });

  test('visibility can’t be declared', () => {
    expect(attributes({ visibility: 'public' })).toEqual({ port: 3000, forward: false, ...unsaid });
  });
});

describe('a label is somebody’s text', () => {
  test.each<[string, unknown, string | null]>([
    ['plain', 'Storefront', 'Storefront'],
    ['with lines and tabs', ' Store\n\tfront ', 'Store front'],
    ['with terminal colours', '\u001B[31mred', '[31mred'],
    ['that turns text around', '\u202Egnp.exe\u2066', 'gnp.exe'],
    ['with nothing to see', '\u200B\u0000', null],
    ['empty', '', null],
    ['no text', { toString: 'x' }, null],
    ['of markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['too long', 'x'.repeat(100), 'x'.repeat(60)],
    ['too long, with an emoji where it is cut', `${'x'.repeat(59)}🙂`, 'x'.repeat(59)],
    ['with half an emoji', 'a\uD83D', 'a'],
  ])('%s', (_what, label, expected) => {
    expect(attributes({ label })?.label).toBe(expected);
  });
});

describe('a broken file is described with its place', () => {
  test.each([
    ['', 'line 1, column 1: a value is missing'],
    ['[]', 'line 1, column 1: an object in braces is expected'],
    ['"x"', 'line 1, column 1: an object in braces is expected'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma is missing'],
    ['{\r\n  "a" 1\r\n}', 'line 2, column 7: a colon is missing'],
    ['{"a": [1, 2', 'line 1, column 12: a closing bracket is missing'],
    ['{"a": "x\n"}', 'line 1, column 7: a text is not closed'],
    ["{\n'a': 1}", 'line 2, column 1: a value or a name without quotes'],
    ['{} {}', 'line 1, column 4: more follows after the end'],
    ['/* {}', 'line 1, column 1: a comment is not closed'],
    ['\u0000\u0001', expect.stringContaining('line 1, column 1')],
    ['[['.repeat(120_000), 'which is nested too deeply, can’t be read'],
  ])('%j', (text, problem) => {
    expect(readDevcontainer(text)).toEqual({ ok: false, problem });
  });
});

test('inherited names are nothing that was said', () => {
  const text = '{"__proto__": {"forwardPorts": [3000]}, "portsAttributes": {"__proto__": {"label": "x"}}}';
  expect(declared(text).ports).toEqual([]);
  expect(Object.hasOwn(Object.prototype, 'forwardPorts')).toBe(false);
});

test('the longest declaration fits into one message, ports that are to be forwarded first', () => {
  const portsAttributes = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [
      `${1000 + at * 256}-${1255 + at * 256}`,
      { label: '"'.repeat(60), protocol: 'https', onAutoForward: 'silent' },
    ]),
  );
  const { ports, otherPorts } = declared({ portsAttributes, forwardPorts: [60_000] });
  expect(ports).toHaveLength(REPORTED_PORTS_MAX);
  expect(ports.at(-1)).toMatchObject({ port: 60_000, forward: true });
  const message = { type: 'declared-ports', ports, otherPorts, problem: 'x'.repeat(300) };
  expect(FromAgent.parse(message)).toEqual(message);
  expect(JSON.stringify(message).length).toBeLessThan(256 * 1024);
});

test('of thousands of ranges the first count: a file from a repository can’t fill the memory of its replica', () => {
  const overlapping = Array.from({ length: 40 * 40 }, (_, at) => [1 + Math.floor(at / 40), 1 + (at % 40)])
    .filter(([first = 0, last = 0]) => first < last)
    .map((ends) => [ends.join('-'), {}]);
  const portsAttributes = Object.fromEntries([...overlapping, ['50000-50001', { label: 'Late' }]]);
  const numbers = declared({ portsAttributes }).ports.map(({ port }) => port);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
});
