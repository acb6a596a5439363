import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** The first YAML of a page. */
const shownIn = (page: string) => parse(/```yaml\n([^]*?)```/.exec(textOf(`docs/${page}.md`))?.[1] ?? '');

test('GitHub’s page shows the workflow as it is', () => {
  expect(shownIn('github')).toEqual(parse(textOf('integrations/github/workflow.yml')));
});

test('GitLab’s page shows the pipeline as it is', () => {
  expect(shownIn('gitlab')).toEqual(parse(textOf('integrations/gitlab/gitlab-ci.yml')));
});

test('Bitbucket’s page shows the first step as it is, and when it runs', () => {
  const { definitions, pipelines } = parse(textOf('integrations/bitbucket/bitbucket-pipelines.yml'));
  expect(shownIn('bitbucket')).toEqual({
    definitions: { steps: definitions.steps.slice(0, 1) },
    pipelines: { 'pull-requests': pipelines['pull-requests'] },
  });
});

test.each(['github', 'gitlab', 'bitbucket'])('the page of %s has each setting of its part', (provider) => {
  const page = textOf(`docs/${provider}.md`);
  const settings = {
    github: Object.keys(parse(textOf('integrations/github/action.yml')).inputs),
    gitlab: variablesIn(textOf('integrations/gitlab/template.yml')),
    bitbucket: variablesIn(textOf('integrations/bitbucket/bitbucket-pipelines.yml')),
  }[provider];
  expect(settings).toContain(provider === 'github' ? 'vpnConfig' : 'VPN_CONFIG');
  for (const name of settings ?? []) expect(page).toContain(`\`${name}\``);
});

const variablesIn = (text: string): string[] => [
  ...new Set(text.match(/\b(?:VPN_CONFIG|CULVERT_(?!ID_TOKEN)[A-Z]+)\b/g)),
];
