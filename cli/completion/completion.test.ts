import { describe, expect, test } from 'vitest';
import { createVpn, createWorkspace, forwardPort } from '../../server/fixtures.ts';
import { createTestTeam } from '../testing.ts';
import { quoteFor, shellWords } from './shellWords.ts';

async function world() {
  const made = await createTestTeam();
  const { anna, team, culvert } = made;
  await createVpn(anna.client, team.path);
  await createVpn(anna.client, team.path, { name: 'Berlin' });
  const { id } = await createWorkspace(anna.client, team.path, 'backend');
  await forwardPort(anna.client, team.path, id, 3000, { label: 'Web' });
  const lines = ({ stdout }: { stdout: string }) => stdout.split('\n').filter((line) => line !== '');
  const values = async (...words: string[]) =>
    lines(await culvert(['complete', 'fish', '--', ...words])).map((line) => line.split('\t')[0]);
  const bash = async (line: string) => lines(await culvert(['complete', 'bash', '--', line]));
  return { ...made, values, bash };
}

describe('what is offered', () => {
  test.each<[string[], string[]]>([
    [['vp'], ['vpn']],
    [
      ['vpn', 'd'],
      ['duplicate', 'delete'],
    ],
    [
      ['vpn', 'create', '--p'],
      ['--peer-ip', '--peer-id', '--psk-file'],
    ],
    [
      ['vpn', 'show', ''],
      ['Berlin', 'Company data center'],
    ],
    [['vpn', 'show', 'comp'], ['Company data center']],
    [['vpn', 'show', 'Berlin', ''], []],
    [['workspace', 'connect', 'backend', 'B'], ['Berlin']],
    [['vpn', 'config', '--kind', 'forti'], ['fortigate']],
    [['vpn', 'config', '--kind=forti'], ['--kind=fortigate']],
    [['vpn', 'edit', 'Berlin', '--strategy', 'i'], ['immediately']],
    [['preview', 'up', '--vpn', 'Ber'], ['Berlin']],
    [['ports', '--workspace', 'b'], ['backend']],
    [['ports', '--work'], ['--workspace']],
    [['ports', 'stop', '--workspace', 'backend', ''], ['3000']],
    [['ports', 'forward', '--workspace', 'backend', ''], ['3000']],
    [['ports', 'stop', '3', '--workspace', 'backend', '30'], ['3000']],
    [
      ['ports', 'visibility', '--workspace=backend', '3000:p'],
      ['3000:private', '3000:public'],
    ],
    [['completion', 'f'], ['fish']],
    [['vpn', 'create', '--psk-file', 'x'], [':files']],
    [['run', '--', 'npm', ''], [':files']],
    [['nonsense', 'vpn', '--what', ''], []],
  ])('%j: %j', async (words, offered) => {
    const { values } = await world();
    expect(await values(...words)).toEqual(offered);
  });

  test('comes with what it is', async () => {
    const { culvert } = await world();
    const { stdout } = await culvert([
      'complete',
      'zsh',
      '--',
      'ports',
      'stop',
      '--workspace',
      'backend',
      '3',
    ]);
    expect(stdout).toBe('3000\tWeb\n');
  });

  test('no flag twice, and none that is hidden', async () => {
    const { values } = await world();
    const flags = await values('vpn', 'show', 'Berlin', '--json', '--');
    expect(flags).toContain('--team');
    expect(flags).not.toContain('--json');
    expect(await values('comp')).toEqual(['completion']);
  });

  test('nothing, and no error, where the server can’t be asked', async () => {
    const { culvert } = await world();
    const answer = await culvert(['complete', 'bash', '--', 'culvert vpn show '], {
      fetch: async () => {
        throw new TypeError('fetch failed');
      },
    });
    expect(answer).toEqual(expect.objectContaining({ exit: 0, stdout: '', stderr: '' }));
  });

  test('the names of the team and the server that the line names', async () => {
    const { culvert, env } = await world();
    const asked: string[] = [];
    await culvert(['complete', 'bash', '--', 'culvert vpn show --server https://b.example '], {
      env,
      fetch: async (url) => {
        asked.push(url);
        return new Response('{}');
      },
    });
    expect(asked).toEqual(['https://b.example/api/v1/session']);
  });
});

describe('bash gets what belongs in place of the word', () => {
  test.each([
    ['culvert vpn show Comp', ['Company\\ data\\ center']],
    ['culvert vpn show "Comp', ['Company data center']],
    ["culvert vpn show 'Company d", ['Company data center']],
    ['culvert vpn show Company\\ d', ['Company\\ data\\ center']],
    ['culvert preview up --vpn=Comp', ['Company\\ data\\ center']],
    ['culvert ports visibility --workspace backend 3000:pub', ['public']],
    ['culvert vpn show $(reboot)', []],
  ])('%s', async (line, replies) => {
    const { bash } = await world();
    expect(await bash(line)).toEqual(replies);
  });
});

describe('a line that is being typed', () => {
  test.each([
    ['a b', ['a', 'b'], 'none'],
    ['a ', ['a', ''], 'none'],
    ['a "b c', ['a', 'b c'], 'double'],
    ["a 'b\\ c", ['a', 'b\\ c'], 'single'],
    ['a "b\\"c\\d" e', ['a', 'b"c\\d', 'e'], 'none'],
    ['a\\', ['a'], 'none'],
    ['', [''], 'none'],
  ] as const)('%j is %j', (line, words, quoting) => {
    expect(shellWords(line)).toMatchObject({ words, quoting });
  });

  test.each([
    '$(id)',
    '`id`',
    "o'connor",
    'a"b',
    'a\\b',
    '*',
    '~',
    'a;b',
    'Zürich lab',
    '#x',
    '!!',
    'ä{b,c}',
  ])('%s comes back as it was, however it is quoted', (text) => {
    expect(shellWords(quoteFor(text, 'none')).words).toEqual([text]);
    expect(shellWords(`"${quoteFor(text, 'double')}"`).words).toEqual([text]);
    expect(shellWords(`'${quoteFor(text, 'single')}'`).words).toEqual([text]);
  });
});

test.each(['bash', 'zsh', 'fish'])('culvert completion %s prints a script', async (shell) => {
  const { culvert } = await createTestTeam();
  const { exit, stdout } = await culvert(['completion', shell]);
  expect(stdout).toContain(`command culvert complete ${shell} -- `);
  expect(exit).toBe(0);
});
