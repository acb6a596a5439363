import { expect, test } from 'vitest';
import type { ImportRules } from './importRules.ts';
import { findWrongImports, importsOf } from './imports.ts';

const rules: ImportRules = {
  sides: { contract: [], src: ['contract'], server: ['contract'], mocks: ['server'] },
  tests: { src: ['server'] },
  dynamic: { 'src/main.tsx': ['mocks/start.ts'] },
  foundations: { src: ['ui'], server: ['db'] },
  open: ['src/vpns/VpnName.tsx', 'src/tunnels/', 'server/vpns/rows.ts'],
  openNames: ['queries.ts'],
  host: { folder: 'server/node', side: 'server', entry: 'server/main.ts' },
  packages: { contract: ['zod'] },
};

const load = (path: string) => `import { a } from '${path}';`;
const loadType = (path: string) => `import type { A } from '${path}';`;
const loadLater = (path: string) => `if (mock) await (await import('${path}')).start();`;

const open = ['src/vpns/VpnName.tsx', 'src/tunnels/Row.tsx', 'server/vpns/rows.ts'];

/** What is found among these sources; the files listed as open are there too, and empty. */
const check = (files: Record<string, string>) =>
  findWrongImports(new Map([...open.map((path) => [path, ''] as const), ...Object.entries(files)]), rules);

/** In pieces, so that checking this file doesn’t take it for an import. */
const call = 'import';

test('finds imports in every form, also over several lines', () => {
  const source = [
    "import './styles.css';",
    "import type { A } from './a.ts';",
    'import {',
    '  b,',
    "} from '../b.ts';",
    "export { c } from './c.ts';",
    "import zod from 'zod/mini';",
    "import hono from '@hono/node-server/serve';",
    `const late = await ${call}('./late.ts');`,
    "const text = 'import nothing';",
  ].join('\n');
  expect(importsOf('src/vpns/x.ts', source).map(({ kind, target }) => [kind, target])).toEqual([
    ['value', 'src/vpns/styles.css'],
    ['type', 'src/vpns/a.ts'],
    ['value', 'src/b.ts'],
    ['value', 'src/vpns/c.ts'],
    ['value', 'zod'],
    ['value', '@hono/node-server'],
    ['dynamic', 'src/vpns/late.ts'],
  ]);
});

test.each<[string, Record<string, string>]>([
  ['a side imports the contract', { 'src/vpns/a.ts': load('../../contract/b.ts') }],
  ['a feature imports a foundation', { 'src/vpns/a.ts': load('../ui/b.ts') }],
  ['a feature imports its own files', { 'src/vpns/form/a.ts': load('../b.ts') }],
  ['a feature imports what another opens', { 'src/team/a.ts': load('../vpns/VpnName.tsx') }],
  ['a feature imports any file of an open feature', { 'src/team/a.ts': load('../tunnels/Row.tsx') }],
  ['a feature imports another one’s queries', { 'src/team/a.ts': load('../vpns/queries.ts') }],
  ['routes import every page', { 'src/routes.tsx': load('./vpns/VpnPage.tsx') }],
  ['the entry imports the mock behind a condition', { 'src/main.tsx': loadLater('../mocks/start.ts') }],
  ['the entry knows the host', { 'server/main.ts': load('./node/sqlite.ts') }],
  ['a test imports a side that only tests may', { 'src/vpns/a.test.ts': load('../../server/b.ts') }],
  ['a test knows the host', { 'server/vpns/a.test.ts': load('../node/sqlite.ts') }],
  ['a foundation names a feature’s open type', { 'server/db/a.ts': loadType('../vpns/rows.ts') }],
  ['the contract imports zod', { 'contract/a.ts': load('zod') }],
  [
    'types go in a circle',
    {
      'src/team/queries.ts': loadType('../vpns/queries.ts'),
      'src/vpns/queries.ts': load('../team/queries.ts'),
    },
  ],
])('allowed: %s', (_, files) => expect(check(files)).toEqual([]));

test.each<[string, Record<string, string>, string]>([
  [
    'the contract imports a side',
    { 'contract/a.ts': load('../server/b.ts') },
    'contract/a.ts imports server/b.ts: contract may not import server.',
  ],
  [
    'the contract imports a package',
    { 'contract/a.ts': load('hono') },
    'contract/a.ts imports hono: contract may import no package but zod.',
  ],
  [
    'the dashboard imports the server',
    { 'src/api/a.ts': loadType('../../server/b.ts') },
    'src/api/a.ts imports server/b.ts: src may not import server.',
  ],
  [
    'the dashboard holds the mock',
    { 'src/main.tsx': load('../mocks/start.ts') },
    'src/main.tsx imports mocks/start.ts: src may not import mocks.',
  ],
  [
    'another file starts the mock',
    { 'src/api/a.ts': loadLater('../../mocks/start.ts') },
    'src/api/a.ts imports mocks/start.ts: src may not import mocks.',
  ],
  [
    'portable code knows the host',
    { 'server/vpns/a.ts': load('../node/sqlite.ts') },
    'server/vpns/a.ts imports server/node/sqlite.ts: only server/main.ts and server/node may know the host.',
  ],
  [
    'a component knows a feature',
    { 'src/ui/a.ts': load('../vpns/VpnName.tsx') },
    'src/ui/a.ts imports src/vpns/VpnName.tsx: ui is a foundation, and vpns stands on it.',
  ],
  [
    'a feature imports another one’s inside',
    { 'src/team/a.ts': load('../vpns/VpnForm.tsx') },
    'src/team/a.ts imports src/vpns/VpnForm.tsx: VpnForm.tsx is vpns’s own (what is open to others is in scripts/importRules.ts).',
  ],
  [
    'folders import each other',
    { 'src/team/queries.ts': load('../vpns/queries.ts'), 'src/vpns/queries.ts': load('../team/queries.ts') },
    'These import each other in a circle: src/team → src/vpns → src/team.',
  ],
])('refused: %s', (_, files, problem) => expect(check(files)).toEqual([problem]));

test('a file that is listed as open and gone is reported', () => {
  expect(findWrongImports(new Map([['server/vpns/rows.ts', '']]), rules)).toEqual([
    'src/vpns/VpnName.tsx is listed as open, but isn’t there.',
    'src/tunnels/ is listed as open, but isn’t there.',
  ]);
});
