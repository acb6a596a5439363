import { expect, test } from 'vitest';
import { run } from '../scripts/run.ts';
import { readSteps } from './bitbucket.testing.ts';

test('the file is made of what Bitbucket knows, and bash of what its scripts say', async () => {
  for (const { script, 'after-script': after = [] } of Object.values(readSteps())) {
    const { code, output } = await run('bash', ['-n', '-c', [...script, ...after].join('\n')]);
    expect(code, output).toBe(0);
  }
});

test('the token is made out to the server that gets it', () => {
  for (const { oidc, script } of Object.values(readSteps())) {
    expect(script[0]).toBe(`export CULVERT_SERVER=${oidc.audiences[0] ?? ''}`);
  }
});
