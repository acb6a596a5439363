import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shellText } from './shellText.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shell-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const values = {
  PLAIN: 'x',
  BREAKS: 'two\nlines\r\n\n',
  QUOTES: `'single' "double" '' ''' \\' \\`,
  DOLLAR: '$HOME ${HOME} $(id) `id` !! %s ~ * [a-z]',
  UNICODE: 'ü🔑\u{1}\u{7f}',
  LEADING: ' -n -e # no comment',
  LONG: 'ü'.repeat(24 * 1024),
};
const items = Object.entries(values).map(([name, value]) => ({ name, value }));

/** Those of these that are installed here; sh always is. */
const shells = ['sh', 'dash', 'bash', 'bash --posix', 'busybox sh', 'ksh', 'zsh --emulate sh'].filter(
  (shell) => run(shell, ':').status === 0,
);

function run(shell: string, script: string) {
  const [program = '', ...more] = shell.split(' ');
  return spawnSync(program, [...more, '-c', script], { encoding: 'utf8' });
}

/** Reads the file in a shell that stops at anything wrong, then prints its environment as JSON. */
function environmentIn(shell: string, text: string, before = ''): Record<string, string> {
  const path = join(folder, 'environment.sh');
  writeFileSync(path, text);
  const script = `set -eu\n${before}\n. '${path}'\nexec '${process.execPath}' -e 'console.log(JSON.stringify(process.env))'`;
  const { stdout, stderr, status } = run(shell, script);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout);
}

describe.each(shells)('in %s', (shell) => {
  test('every value arrives exactly', () => {
    expect(environmentIn(shell, shellText(items))).toMatchObject(values);
  });

  test('a variable that can’t be set costs that one alone', () => {
    const seen = environmentIn(shell, shellText(items), 'PLAIN=before; readonly PLAIN');
    // Shells differ in whether they export what it was before.
    expect(seen['PLAIN']).not.toBe(values.PLAIN);
    expect(seen['BREAKS']).toBe(values.BREAKS);
  });
});

test('what wouldn’t fit an environment is left out, the largest first, so that programs still start', () => {
  const many = Array.from({ length: 60 }, (_, n) => ({ name: `BIG_${n}`, value: 'x'.repeat(48 * 1024) }));
  const seen = environmentIn('sh', shellText([...many, { name: 'SMALL', value: 'y' }]));
  expect(seen['SMALL']).toBe('y');
  expect(Object.keys(seen).filter((name) => name.startsWith('BIG_'))).toHaveLength(21);
});
