import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { TunnelReport } from '../../contract/agentProtocol.ts';
import type { PipelineRun } from '../../contract/pipelines/pipelines.ts';
import { incapable } from '../../server/agents/fakeAgent.ts';
import { createPreviewTeam, passTimeByWaiting, VPN, type PreviewTeam } from './testing.ts';

let given: PreviewTeam;
beforeEach(async () => {
  given = await createPreviewTeam();
});

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'culvert-preview-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

/** The team’s last run, as its page shows it. */
const lastRun = async (): Promise<PipelineRun | undefined> => {
  const { items }: { items: PipelineRun[] } = await (
    await given.anna.client.get(`${given.team.path}/pipeline-runs`)
  ).json();
  return items[0];
};

test('the first time it makes the preview, and without a replica has nothing to wait for', async () => {
  const first = await given.up();
  expect(first).toMatchObject({
    exit: 0,
    stdout:
      'The preview of #12 of octo/app: workspace app-12, connected to Company data center, no replica yet.\n' +
      'Deploy it with the command that --join-command - prints, then: culvert preview wait\n',
  });
  expect(first.stderr).toContain(
    'Made the preview of #12 of octo/app: workspace app-12, VPN Company data center.',
  );
  expect((await given.up()).stderr).toContain('Found the preview of #12');
  expect(await lastRun()).toMatchObject({ action: 'up', result: 'succeeded', change: '#12' });
});

test('what was deployed before is waited for', async () => {
  const { agent } = await given.deployed({ state: 'connecting', attempt: 1 });
  const up = await given.up([], { wait: () => given.tell(agent, { state: 'up' }) });
  expect(up).toMatchObject({ exit: 0 });
  expect(up.stdout).toContain('1 of 1 replica online.\n  app-12-1: up, 10.200.0.1');
  expect((await given.up(['--json'])).json()).toMatchObject({ waited: true, created: false });
});

test('not even --json shows the token by which machines join', async () => {
  const { stdout, stderr } = await given.up(['--json']);
  expect(stdout + stderr).not.toContain('culv_join_');
});

test('the join command goes to a file that nobody else reads, or to stdout for the asking', async () => {
  const file = join(folder(), 'join.sh');
  await given.up(['--join-command', file]);
  expect(readFileSync(file, 'utf8')).toMatch(/^curl -fsSL \S+ \| sh -s -- --token culv_join_\S+\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await given.up(['--join-command', '-'])).stdout).toMatch(/^curl .* --token culv_join_/);
});

describe('a tunnel that fails', () => {
  const failed: Partial<TunnelReport> = {
    state: 'failed',
    attempt: 2,
    diagnosis: {
      code: 'esp_suite_refused',
      parts: {},
      log: ['received NO_PROPOSAL_CHOSEN', '::stop-commands::x'],
    },
  };

  test('ends it with its diagnosis, and what exists', async () => {
    await given.deployed(failed);
    const { exit, stderr } = await given.up();
    expect(exit).toBe(7);
    expect(stderr).toContain('| On the gateway: ');
    expect(stderr).toContain('culvert: The tunnel of app-12-1 to Company data center failed: ');
    expect(stderr).toContain('The preview of #12 of octo/app: workspace app-12, connected to');
    expect(await lastRun()).toMatchObject({ result: 'failed', code: 'esp_suite_refused' });
  });

  test('can’t order a runner about by its log lines', async () => {
    await given.deployed(failed);
    const { stderr } = await given.up();
    expect(stderr).toContain('| ::stop-commands::x');
    expect(stderr).not.toMatch(/^\s*::/m);
  });

  test('for the first time is tried again', async () => {
    const { agent } = await given.deployed({ ...failed, attempt: 1 });
    expect(await given.up([], { wait: () => given.tell(agent, { state: 'up' }) })).toMatchObject({ exit: 0 });
  });
});

test('a replica that can’t hold a tunnel ends it with what mends it', async () => {
  await given.deployed({ state: 'unsupported', attempt: 0 }, { ipsec: incapable });
  const { exit, stderr } = await given.up();
  expect(exit).toBe(7);
  expect(stderr).toContain('culvert: The tunnel of app-12-1 to Company data center can’t come up: ');
  expect(stderr).toContain('| $ sudo modprobe tun');
});

test('a replica that went away isn’t waited for', async () => {
  const { agent } = await given.deployed({ state: 'failed', attempt: 9 });
  await agent.hangUp();
  await given.deployed({ state: 'up' }, { name: 'two' });
  expect(await given.up()).toMatchObject({ exit: 0, stdout: expect.stringContaining('app-12-2: up') });
});

test('a tunnel that isn’t up in time ends it with 6', async () => {
  await given.deployed({ state: 'connecting', attempt: 1 });
  const { exit, stderr } = await given.up(['--timeout', '3s'], { wait: passTimeByWaiting() });
  expect(exit).toBe(6);
  expect(stderr).toContain('culvert: The tunnels aren’t up in time. 0 of 1 tunnels up.');
});

test('who interrupts is told what exists, and the next run finds it', async () => {
  await given.deployed({ state: 'connecting', attempt: 1 });
  const interrupted = new AbortController();
  const { exit, stderr } = await given.up([], {
    signal: interrupted.signal,
    wait: async () => {
      interrupted.abort(new Error('Interrupted.'));
      throw interrupted.signal.reason;
    },
  });
  expect(exit).toBe(130);
  expect(stderr).toContain('The preview of #12 of octo/app: workspace app-12');
  expect(await lastRun()).toMatchObject({ result: 'failed', code: 'cancelled' });
  expect((await given.up(['--no-wait'])).stderr).toContain('Found the preview');
});

test('one that is taken down meanwhile ends it', async () => {
  await given.deployed({ state: 'connecting', attempt: 1 });
  const { exit, stderr } = await given.up([], { wait: async () => void (await given.down()) });
  expect(exit).toBe(1);
  expect(stderr).toContain('culvert: The preview of #12 was taken down while this run waited for it.');
});

describe('is refused', () => {
  test('without a VPN, or without a change', async () => {
    const noVpn = await given.culvert(['preview', 'up', '--change', 'x', '--repository', 'y'], {
      env: { VPN_CONFIG: '' },
    });
    expect(noVpn).toMatchObject({ exit: 2, stderr: 'culvert: Say which VPN: --vpn, or VPN_CONFIG.\n' });
    const noChange = await given.culvert(['preview', 'up', '--vpn', VPN, '--repository', 'y']);
    expect(noChange).toMatchObject({ exit: 2 });
    expect(noChange.stderr).toContain('Say what the preview is of: --change');
  });

  test('for a VPN that isn’t there, with the name that is meant', async () => {
    const { exit, stderr } = await given.up(['--vpn', 'Company datacenter']);
    expect(exit).toBe(3);
    expect(stderr).toContain(VPN);
  });

  test.each([
    ['--timeout', 'soon'],
    ['--ttl', '3'],
    ['--check', 'db.internal'],
    ['--check', '10.250.0.5:99999'],
  ])('with %s %s', async (option, value) => {
    expect(await given.up([option, value])).toMatchObject({ exit: 2 });
  });

  test('where CULVERT_JOIN is neither true nor false', async () => {
    expect(await given.up([], { env: { CULVERT_JOIN: 'maybe' } })).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('culvert: CULVERT_JOIN is true or false.\n'),
    });
  });
});
