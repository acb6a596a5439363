import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../scripts/run.ts';
import { makeProject, usingComponent, usingTemplate } from './gitlab.testing.ts';

/** What it says of a broken pipeline is on the other stream, with much else. */
const command = 'cd "$1" && gitlab-ci-local --preview 2>problem || { cat problem; exit 1; }';

/** What GitLab would make of a project’s pipeline: resolved, and held against GitLab’s schema. */
async function preview(pipeline: string) {
  const folder = mkdtempSync(join(tmpdir(), 'culvert-gitlab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  makeProject(folder, pipeline);
  const { code, output } = await run('sh', ['-c', command, 'sh', folder]);
  return { code, output, jobs: code === 0 ? parse(output) : null };
}

const up = {
  id_tokens: { CULVERT_ID_TOKEN: expect.anything() },
  before_script: expect.arrayContaining([
    'curl -fsSL --retry 3 "$CULVERT_SERVER/cli/install.sh" | sh',
    'culvert preview up',
  ]),
  script: ['./test.sh'],
  environment: { name: 'preview/$CI_MERGE_REQUEST_IID', on_stop: 'preview-down', auto_stop_in: '3 days' },
};
const down = {
  script: ['culvert preview down'],
  variables: expect.objectContaining({ GIT_STRATEGY: 'none' }),
  environment: { name: 'preview/$CI_MERGE_REQUEST_IID', action: 'stop' },
};

test('the job template gives a preview that stops with its environment', async () => {
  const { code, output, jobs } = await preview(usingTemplate('https://culvert.example.com', './test.sh'));
  expect(code, output).toBe(0);
  expect(jobs).toMatchObject({ preview: up, 'preview-down': down });
  expect(jobs.preview.id_tokens.CULVERT_ID_TOKEN).toEqual({ aud: '$CULVERT_SERVER' });
});

test('so does the component, by its inputs', async () => {
  const { code, output, jobs } = await preview(usingComponent('https://culvert.example.com', './test.sh'));
  expect(code, output).toBe(0);
  expect(jobs).toMatchObject({ preview: up, 'preview-down': down });
  expect(jobs.preview.id_tokens.CULVERT_ID_TOKEN).toEqual({ aud: 'https://culvert.example.com' });
  expect(jobs.preview.variables).toMatchObject({ VPN_CONFIG: 'Company data center', CULVERT_JOIN: 'true' });
});

test('the component refuses an input that there isn’t, and an address with a path', async () => {
  const missing = usingComponent('https://culvert.example.com', './test.sh').replace('vpn:', 'VPN:');
  expect(await preview(missing)).toMatchObject({ code: 1 });
  const withPath = usingComponent('https://culvert.example.com/teams', './test.sh');
  expect(await preview(withPath)).toMatchObject({ code: 1, output: expect.stringContaining('server') });
});
