import { validateAction, validateWorkflow } from '@action-validator/core';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAction } from './github.testing.ts';

const textOf = (name: string) => readFileSync(new URL(`github/${name}`, import.meta.url), 'utf8');
const action = textOf('action.yml');

test('GitHub’s schemas know the action and the workflow', () => {
  expect(validateAction(action).errors).toEqual([]);
  expect(validateWorkflow(textOf('workflow.yml')).errors).toEqual([]);
});

test('the schemas would tell', () => {
  expect(validateAction(action.replace('using: composite', 'using: compost')).errors).not.toEqual([]);
  expect(validateWorkflow(textOf('workflow.yml').replace('runs-on', 'runs_on')).errors).not.toEqual([]);
});

test('nothing that somebody gives gets into a script: inputs go through the environment', () => {
  const { inputs, steps } = readAction();
  for (const { run } of steps) expect(run).not.toContain('${{');
  const environment = steps.flatMap(({ env }) => Object.values(env)).join('\n');
  for (const name of Object.keys(inputs)) expect(environment).toContain(`inputs.${name}`);
});

test('each output is one that the command line sets', () => {
  const { outputs } = readAction();
  for (const [name, { value }] of Object.entries(outputs)) {
    expect(value).toBe(`\${{ steps.preview.outputs.${name} }}`);
  }
});

test('the workflow passes only inputs that the action has', () => {
  const { inputs } = readAction();
  const given = /uses: \.\/\.github\/actions\/culvert\n\s+with:\n((?: {10}.+\n)+)/.exec(
    textOf('workflow.yml'),
  )?.[1];
  const names = [...(given ?? '').matchAll(/^\s+(\w+):/gm)].map(([, name]) => name);
  expect(names).toEqual(['server', 'vpnConfig', 'check']);
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(names));
});
