import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, readAction } from '../../integrations/github.testing.ts';
import type { Job, Runner } from '../lab/runner.ts';
import type { PipelineCompany } from './pipelineCompany.ts';

export type GitHubEvent = {
  name: 'push' | 'pull_request' | 'pull_request_target';
  action: 'opened' | 'synchronize' | 'closed' | null;
  /** Of the pull request. */
  number: number;
  /** Counts up. */
  runId: number;
};

let runs = 7000;

/** A run that GitHub starts for a pull request: each has a higher number than the one before. */
export function pullRequest(
  number: number,
  action: GitHubEvent['action'] = 'opened',
  name: GitHubEvent['name'] = 'pull_request',
): GitHubEvent {
  runs += 1;
  return { name, action, number, runId: runs };
}

/** What GitHub puts into the environment of a job, and into the files that it names. */
export function githubEnvironment(
  { issuers }: PipelineCompany,
  runner: Runner,
  event: GitHubEvent,
  claims: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const folder = join(runner.folder, 'github');
  mkdirSync(folder, { recursive: true });
  const files = ['OUTPUT', 'PATH', 'ENV', 'STEP_SUMMARY'].map(
    (name) => [`GITHUB_${name}`, join(folder, name)] as const,
  );
  for (const [, path] of files) writeFileSync(path, '');
  const eventPath = join(folder, 'event.json');
  writeFileSync(eventPath, JSON.stringify({ action: event.action, pull_request: { number: event.number } }));
  const { requestUrl, requestToken, says } = issuers.github.github;
  const ref = `refs/pull/${event.number}/merge`;
  says({ event_name: event.name, ref, run_id: String(event.runId), ...claims });
  return {
    ...Object.fromEntries(files),
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: 'octo/app',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: `${event.number}/merge`,
    ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
  };
}

type ActionOptions = {
  /** What the workflow passes besides the server and the VPN. */
  inputs?: Readonly<Record<string, string>>;
  /** What the job’s token says otherwise than usual. */
  claims?: Readonly<Record<string, unknown>>;
};

/** Runs the action as GitHub’s runner does. */
export function startAction(
  company: PipelineCompany,
  runner: Runner,
  event: GitHubEvent,
  { inputs = {}, claims = {} }: ActionOptions = {},
): Job {
  const given = { server: company.server.url, vpnConfig: company.vpn.name, ...inputs };
  const [step] = readAction().steps;
  if (!step) throw new Error('The action has a step.');
  const env = { ...githubEnvironment(company, runner, event, claims), ...environmentOf(step, given, event) };
  return runner.start(step.run, env);
}

/** The outputs that a step has set: each is between a mark of its own. */
export function outputsOf(runner: Runner): Record<string, string> {
  const text = readFileSync(join(runner.folder, 'github/OUTPUT'), 'utf8');
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value]));
}

/** Reaches the private host, or ends the job. */
export const reachPrivateHost = 'ping -c 2 -W 2 10.250.0.5';

/** Runs the command line in a job that was given its token by a variable, as GitLab’s are. Whose token it is, only the server looks at. */
export function startWithToken(
  { server, vpn }: PipelineCompany,
  runner: Runner,
  { token, change, command = 'culvert preview up' }: { token: string; change: string; command?: string },
): Job {
  return runner.start(`curl -fsSL "$CULVERT_SERVER/cli/install.sh" | sh\n${command}\n`, {
    CULVERT_SERVER: server.url,
    VPN_CONFIG: vpn.name,
    CULVERT_CHANGE: change,
    GITLAB_CI: 'true',
    CULVERT_ID_TOKEN: token,
  });
}
