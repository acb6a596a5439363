import { describe, expect, test } from 'vitest';
import { installScript, joinCommand } from './install.ts';

const token = `culv_join_${'a'.repeat(43)}`;

test('the command to paste', () => {
  expect(joinCommand('https://culvert.example:8443', token)).toBe(
    `curl -fsSL https://culvert.example:8443/agent/install.sh | sh -s -- --token ${token}`,
  );
  expect(joinCommand('http://[fd00::1]:8080', token)).toContain('http://[fd00::1]:8080/agent');
});

describe('nothing gets into a shell command that is more than text', () => {
  test.each([
    'https://a.example;reboot',
    'https://a.example/$(reboot)',
    "https://a.example'",
    'https://a.example/ x',
    'https://user@a.example',
    'javascript:alert(1)',
    'https://a.example\n',
  ])('%j as public URL', (publicUrl) => {
    expect(() => joinCommand(publicUrl, token)).toThrow(RangeError);
    expect(() => installScript({ publicUrl, files: [], text: '' })).toThrow(RangeError);
  });

  test.each(['culv_join_', 'culv_join_a b', 'culv_join_a;reboot', 'culv_api_abc', ''])(
    '%j as token',
    (text) => {
      expect(() => joinCommand('https://a.example', text)).toThrow(RangeError);
    },
  );

  test.each(["x'", 'a b', '../x', ''])('%j as file name', (name) => {
    const files = [{ name, sha256: '0'.repeat(64), size: 1 }];
    expect(() => installScript({ publicUrl: 'https://a.example', files, text: '' })).toThrow(RangeError);
  });

  test('anything else as checksum', () => {
    const files = [{ name: 'x', sha256: `${'0'.repeat(63)}'`, size: 1 }];
    expect(() => installScript({ publicUrl: 'https://a.example', files, text: '' })).toThrow(RangeError);
  });
});

test('the script states server and files first and runs at its last line only', () => {
  const files = [
    { name: 'culvert-agent.mjs', sha256: 'a'.repeat(64), size: 10 },
    { name: 'node-linux-x64', sha256: 'b'.repeat(64), size: 20 },
  ];
  const script = installScript({ publicUrl: 'https://a.example', files, text: 'main() { :; }\n' });
  expect(script.split('\n')).toEqual([
    '#!/bin/sh',
    "SERVER='https://a.example'",
    `FILES='culvert-agent.mjs ${'a'.repeat(64)} 10`,
    `node-linux-x64 ${'b'.repeat(64)} 20'`,
    'main() { :; }',
    '',
    '{ main "$@"; }',
    '',
  ]);
});
