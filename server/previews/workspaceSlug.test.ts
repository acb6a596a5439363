import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workspaceName } from '../../contract/workspaces.ts';
import { distinctSlug, workspaceSlug } from './workspaceSlug.ts';

test.each([
  ['octo/app', '12', 'app-12'],
  ['group/sub/App', '!7', 'app-7'],
  ['app', 'feature/JIRA-12_login', 'app-feature-jira-12-login'],
  ['Café Zürich', 'Ärger', 'cafe-zurich-arger'],
  ['octo/.github', '1', 'github-1'],
  ['octo/--app--', '--', 'app'],
  ['{90cd-11}', '3', '90cd-11-3'],
  ['日本/語', '変更', 'preview'],
  ['octo/', '4', 'octo-4'],
  ['vpn_x', '1', 'vpn-x-1'],
  ["'; rm -rf / #", '$(id)', 'rm-rf-id'],
  ['a'.repeat(60), '12', `${'a'.repeat(37)}-12`],
  ['octo/app', 'b'.repeat(60), `app-${'b'.repeat(24)}`],
])('%s at %s is %s', (repository, change, name) => {
  expect(workspaceSlug(repository, change)).toBe(name);
});

test('whatever repository and change are called, it can be the name of a workspace', () => {
  const text = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(
    fc.property(text, text, (repository, change) => {
      const name = workspaceSlug(repository, change);
      for (const wanted of [name, distinctSlug(name, '2'), distinctSlug(name, 'k3x9a')]) {
        expect(workspaceName.parse(wanted)).toBe(wanted);
      }
    }),
  );
});
