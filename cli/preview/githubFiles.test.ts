import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addSummary, markdownText, setOutputs } from './githubFiles.ts';

function step(actions = 'true') {
  const folder = mkdtempSync(join(tmpdir(), 'culvert-github-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'file');
  let log = '';
  const stderr = {
    write: (text: string) => {
      log += text;
    },
    isTTY: false,
    columns: 80,
  };
  const env = { GITHUB_ACTIONS: actions, GITHUB_OUTPUT: path, GITHUB_STEP_SUMMARY: path };
  return { context: { env, stderr }, written: () => readFileSync(path, 'utf8'), log: () => log };
}

test('a value can’t bring another output with it', async () => {
  const { context, written } = step();
  await setOutputs(context, { workspace: 'app\njoin-command=evil\nEOF', url: null });
  const [first = '', ...lines] = written().trimEnd().split('\n');
  const end = first.replace('workspace<<', '');
  expect(end).toMatch(/^[0-9a-f-]{36}$/);
  expect(lines).toEqual(['app', 'join-command=evil', 'EOF', end]);
});

test('secrets are taken out of the log before they are handed on', async () => {
  const { context, log } = step();
  await setOutputs(context, { 'join-command': 'x' }, ['culv_join_abc']);
  expect(log()).toBe('::add-mask::culv_join_abc\n');
});

test('elsewhere than on GitHub nothing is written', async () => {
  const { context, written, log } = step('');
  await setOutputs(context, { url: 'x' }, ['secret']);
  await addSummary(context, ['x']);
  expect(written).toThrow();
  expect(log()).toBe('');
});

test('names are text in the summary, not Markdown or HTML', () => {
  expect(markdownText('<img src=x> [a](b)\n# `x`')).toBe(
    '&#60;img src&#61;x&#62; &#91;a&#93;&#40;b&#41; &#35; &#96;x&#96;',
  );
});
