import { describe, expect, test } from 'vitest';
import { parseCommand } from './arguments.ts';

const token = `culv_join_${'a'.repeat(43)}`;
const parse = (line: string, env: Record<string, string> = {}, file = '') =>
  parseCommand(line.split(' ').filter(Boolean), env, () => file);

test('a whole command line', () => {
  const line = `run --server https://culvert.example --token ${token} --state /s --folder /work --name builder --keep-tunnels --replace`;
  expect(parse(line)).toEqual({
    kind: 'run',
    server: new URL('https://culvert.example'),
    token,
    stateDir: '/s',
    folder: '/work',
    secretsDir: '/run/culvert',
    boot: null,
    name: 'builder',
    keepTunnels: true,
    replace: true,
  });
});

test('the environment stands in, the command line wins', () => {
  const env = {
    CULVERT_SERVER: 'http://localhost:8080',
    CULVERT_JOIN_TOKEN: token,
    CULVERT_STATE: '/from-env',
    CULVERT_FOLDER: '/folder-from-env',
    CULVERT_SECRETS: '/secrets-from-env',
    CULVERT_BOOT: 'pod-7',
  };
  const found = {
    kind: 'run',
    server: new URL('http://localhost:8080'),
    token,
    stateDir: '/from-env',
    folder: '/folder-from-env',
    secretsDir: '/secrets-from-env',
    boot: 'pod-7',
    keepTunnels: false,
    replace: false,
  };
  expect(parse('run', env)).toMatchObject(found);
  expect(parse('run --state /s --folder /f', env)).toMatchObject({ ...found, stateDir: '/s', folder: '/f' });
  expect(parse('run --token-file f', env, 'other')).toMatchObject(found);
});

test('a token from a file, and none at all', () => {
  const line = 'run --server http://localhost:8080';
  expect(parse(`${line} --token-file f`, {}, `${token}\n`)).toMatchObject({ token });
  expect(parse(line)).toMatchObject({ token: null, stateDir: '/var/lib/culvert-agent' });
});

test('the working folder is the one it was started in, unless another is given', () => {
  const line = 'run --server http://localhost:8080';
  expect(parse(line)).toMatchObject({ folder: process.cwd(), boot: null });
  expect(parse(`${line} --folder app`)).toMatchObject({ folder: `${process.cwd()}/app` });
});

test.each([
  ['--version', { kind: 'version' }],
  ['run --help', { kind: 'help' }],
  ['check', { kind: 'check' }],
  ['remove --state /s', { kind: 'remove', stateDir: '/s' }],
])('%s', (line, command) => {
  expect(parse(line)).toEqual(command);
});

describe('is refused, naming what is wrong', () => {
  test.each([
    ['', 'run, remove, or check'],
    ['walk', '“walk”'],
    ['run fast', '“fast”'],
    ['run --speed 9', '--speed'],
    ['run', '--server URL'],
    ['run --server localhost:8080', '“localhost:8080”'],
    ['run --server ftp://culvert.example', '“ftp://culvert.example”'],
    ['run --server http://a:b@culvert.example', 'address of a server'],
    ['run --server http://localhost --token culv_join_short', 'no join token'],
    [`run --server http://localhost --token culv_session_${'a'.repeat(43)}`, 'no join token'],
  ])('%s', (line, part) => {
    expect(parse(line)).toEqual({ kind: 'wrong', problem: expect.stringContaining(part) });
  });

  test('a token file that is not there', () => {
    const command = parseCommand(['run', '--server', 'http://localhost', '--token-file', '/none/such'], {});
    expect(command).toEqual({ kind: 'wrong', problem: expect.stringContaining('/none/such') });
  });
});
