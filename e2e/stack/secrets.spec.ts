import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceSecrets } from '../../contract/secretsApi.ts';
import { runCulvert } from '../lab/runCulvert.ts';
import type { PortsCompany } from '../lab/portsCompany.ts';
import type { WorkspaceMachines } from '../lab/workspaceMachines.ts';
import { expect, test } from './portFixtures.ts';

/** Stands in every value, so that a search finds each place that one got to. */
const mark = `mark-${randomBytes(12).toString('hex')}`;
const odd = `${mark} two\nlines\r\n\n'single' "double" \`id\` $HOME \${HOME} $(id) \\ ü🔑 `;
const values = {
  ODD: odd,
  LARGE: mark + 'ü'.repeat((48 * 1024 - mark.length) / 2),
  KEY: `-----BEGIN-----\n${odd}\n`,
};

/** Prints what a program finds, as JSON. */
const look = `console.log(JSON.stringify({
  ODD: process.env.ODD, LARGE: process.env.LARGE, KEY: require('node:fs').readFileSync(process.env.KEY, 'utf8'),
}))`;

const secretsOf = (workspace: WorkspaceMachines) => join(workspace.machine().folder, 'secrets');

/** As a person does it: with the command line, values through its stdin. */
async function setSecrets({ server, people }: PortsCompany): Promise<void> {
  const env = { CULVERT_SERVER: server.url, CULVERT_TOKEN: people.owner.token };
  for (const [name, value] of Object.entries(values)) {
    const delivery = name === 'KEY' ? 'file' : 'environment';
    // A line break at the end of what is piped in isn't part of it.
    const done = await runCulvert(['secret', 'set', name, '--delivery', delivery], env, `${value}\n`);
    expect(done).toMatchObject({ code: 0, stderr: '' });
  }
}

/** Restarts the machine: its replica starts, and gets what there is then. */
async function restart(workspace: WorkspaceMachines): Promise<void> {
  await workspace.down();
  await workspace.up();
}

const standing = ({ people }: PortsCompany, workspace: WorkspaceMachines) =>
  people.owner.api.get<WorkspaceSecrets>(`${workspace.path}/secrets`);
const state = async (company: PortsCompany, workspace: WorkspaceMachines) =>
  (await standing(company, workspace)).replicas[0]?.state;

/** Everything the event stream of the team says, from now on. */
async function listen({ server, team, people }: PortsCompany) {
  const url = `http://127.0.0.1:${server.port}/api/v1${team}/events`;
  const stop = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${people.admin.token}` },
    signal: stop.signal,
  });
  let heard = '';
  const reading = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeTo(new WritableStream({ write: (text) => void (heard += text) }))
    .catch(() => undefined);
  return async () => {
    stop.abort();
    await reading;
    return heard;
  };
}

/** Files below a folder that hold the mark, but for those in `except`. */
function filesWithMark(folder: string, except: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(`${except}/`) && readFileSync(path).includes(mark));
}

/** Processes of this machine that hold the mark, in the arguments or in the environment. */
const processesWithMark = (what: 'cmdline' | 'environ'): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/${what}`).includes(mark);
    } catch {
      return false;
    }
  });

test('a replica gets its secrets at its start, exactly, and they are in clear nowhere else', async ({
  company,
  workspace,
}) => {
  const events = await listen(company);
  await setSecrets(company);
  // It started before there were any.
  expect(await state(company, workspace)).toBe('older');
  await restart(workspace);
  await expect.poll(() => state(company, workspace)).toBe('current');

  const folder = secretsOf(workspace);
  const machine = workspace.machine();
  const log = join(machine.folder, 'looks.log');
  const culvert = new URL('../../cli/main.ts', import.meta.url).pathname;
  const env = ['env', `CULVERT_SECRETS=${folder}`];
  const node = [process.execPath, '-e', look];
  for (const command of [
    [...env, process.execPath, culvert, 'run', '--', ...node],
    ['sh', '-euc', `. '${folder}/environment.sh'; exec "$@"`, 'sh', ...node],
  ]) {
    const program = machine.run(command, log);
    await program.printed('}\n');
    expect(JSON.parse(program.output)).toEqual(values);
  }
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');

  // While a program runs with them, they are in its environment alone.
  const idle = machine.run(
    [...env, process.execPath, culvert, 'run', '--', 'sh', '-c', 'echo up; exec sleep infinity'],
    log,
  );
  await idle.printed('up');
  expect(processesWithMark('cmdline')).toEqual([]);
  expect(processesWithMark('environ')).toHaveLength(1);
  await idle.stop();

  expect(await events()).toContain('secrets');
  expect(await events()).not.toContain(mark);
  expect(company.server.output).not.toContain(mark);
  expect(filesWithMark(company.lab.folder, folder)).toEqual([]);
});

test('a change waits for the next start, and what a replica has goes when it leaves', async ({
  company,
  workspace,
}) => {
  await expect.poll(() => state(company, workspace)).toBe('current');
  await setSecrets(company);
  expect(await state(company, workspace)).toBe('older');
  await workspace.stopAgent();
  await workspace.startAgent();
  // The agent is another one, the replica isn't.
  expect(await state(company, workspace)).toBe('older');
  await restart(workspace);
  await expect.poll(() => state(company, workspace)).toBe('current');
  const folder = secretsOf(workspace);
  expect(readFileSync(join(folder, 'files/KEY'), 'utf8')).toBe(values.KEY);

  const { replicas } = await standing(company, workspace);
  const { id = '' } = replicas[0]?.replica ?? {};
  await company.people.owner.api.delete(`${company.team}/replicas/${id}`);
  await expect.poll(() => existsSync(folder)).toBe(false);
  expect(filesWithMark(workspace.machine().folder, folder)).toEqual([]);
});
