import { beforeAll, describe, expect, test } from 'vitest';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import { createTrustWorld, problemOf, type TrustWorld } from './testing/trustWorld.ts';

let world: TrustWorld;
let teams = 0;

beforeAll(async () => {
  world = await createTrustWorld();
});

/** What a pipeline with these claims is answered by a team with these rules alone. */
async function answer(provider: PipelineProvider, rules: readonly object[], changes: object) {
  teams += 1;
  const team = await world.foundTeam(`Team ${teams}`, `Admin${teams}`);
  for (const rule of rules) await team.trust(provider, rule);
  const response = await world.exchange(provider, { ...changes }, team.id);
  if (response.status === 201) return { status: 201, code: 'admitted', title: '' };
  return await problemOf(response);
}

type Row = readonly [sentence: string, rule: object | null, claims: object, code: string];

const ofAll: readonly Row[] = [
  ['without a rule nobody gets in', null, {}, 'repository_untrusted'],
  ['a rule for this repository lets it in', {}, {}, 'admitted'],
  ['a rule for all of the owner lets it in', { repository: null }, {}, 'admitted'],
];

const github: readonly Row[] = [
  ...ofAll,
  [
    'another repository of the owner stays out',
    {},
    { repository: 'octo/other', repository_id: '4712' },
    'repository_untrusted',
  ],
  [
    'another repository gets in by a rule for all of the owner',
    { repository: null },
    { repository: 'octo/other', repository_id: '4712' },
    'admitted',
  ],
  ['a repository that was renamed stays out', {}, { repository: 'octo/renamed' }, 'repository_renamed'],
  [
    'an owner who was renamed stays out',
    { repository: null },
    { repository: 'new/app', repository_owner: 'new' },
    'repository_renamed',
  ],
  ['a repository that took over the name stays out', {}, { repository_id: '9999' }, 'repository_replaced'],
  [
    'a repository that moved to another owner stays out',
    {},
    { repository_owner: 'evil', repository_owner_id: '66' },
    'repository_replaced',
  ],
  [
    'an owner who took over the name stays out',
    { repository: null },
    { repository_owner_id: '66', repository_id: '1' },
    'repository_replaced',
  ],
  [
    'pull_request_target may run what outsiders wrote and stays out',
    {},
    { event_name: 'pull_request_target' },
    'outside_code',
  ],
  ['so may workflow_run', {}, { event_name: 'workflow_run' }, 'outside_code'],
  ['so may issue_comment', {}, { event_name: 'issue_comment' }, 'outside_code'],
  [
    'a rule that allows code from outside lets pull_request_target in',
    { outside: true },
    { event_name: 'pull_request_target' },
    'admitted',
  ],
  [
    'naming the event alone doesn’t allow code from outside',
    { events: ['pull_request_target'] },
    { event_name: 'pull_request_target' },
    'outside_code',
  ],
  ['an event that the rule names gets in', { events: ['push', 'pull_request'] }, {}, 'admitted'],
  ['another event stays out', { events: ['pull_request'] }, {}, 'event_untrusted'],
  ['a branch that the rule names gets in', { refs: ['main'] }, {}, 'admitted'],
  ['a branch typed as refs/heads/main is the same', { refs: ['refs/heads/main'] }, {}, 'admitted'],
  ['a tag that the rule names gets in', { refs: ['refs/tags/v1'] }, { ref: 'refs/tags/v1' }, 'admitted'],
  ['a tag of the branch’s name stays out', { refs: ['main'] }, { ref: 'refs/tags/main' }, 'ref_untrusted'],
  [
    'a branch named like a tag isn’t that tag',
    { refs: ['refs/tags/v1'] },
    { ref: 'refs/heads/refs/tags/v1' },
    'ref_untrusted',
  ],
  ['another branch stays out', { refs: ['main'] }, { ref: 'refs/heads/dev' }, 'ref_untrusted'],
  ['a branch of a longer name stays out', { refs: ['main'] }, { ref: 'refs/heads/main2' }, 'ref_untrusted'],
  ['a run of no branch stays out of a rule for one', { refs: ['main'] }, { ref: undefined }, 'ref_untrusted'],
  [
    'a pull request’s own branch is none of the rule’s',
    { refs: ['main'] },
    { ref: 'refs/pull/12/merge' },
    'ref_untrusted',
  ],
  [
    'an environment that the rule names gets in',
    { environments: ['preview'] },
    { environment: 'preview' },
    'admitted',
  ],
  [
    'another environment stays out',
    { environments: ['preview'] },
    { environment: 'production' },
    'environment_untrusted',
  ],
  ['a job of no environment stays out', { environments: ['preview'] }, {}, 'environment_untrusted'],
];

const gitlab: readonly Row[] = [
  ...ofAll,
  [
    'a project of a subgroup isn’t the group’s',
    { repository: null },
    { namespace_id: '51', namespace_path: 'group/sub', project_path: 'group/sub/app', project_id: '21' },
    'repository_untrusted',
  ],
  ['a project that was renamed stays out', {}, { project_path: 'group/renamed' }, 'repository_renamed'],
  [
    'a project that took over the name stays out',
    {},
    { project_id: '99', job_project_id: '99' },
    'repository_replaced',
  ],
  [
    'a merge request of the project itself gets in',
    {},
    { pipeline_source: 'merge_request_event' },
    'admitted',
  ],
  [
    'a merge request from a fork stays out',
    {},
    { pipeline_source: 'merge_request_event', job_project_id: '21' },
    'outside_code',
  ],
  [
    'a merge request that doesn’t say where it runs stays out',
    {},
    { pipeline_source: 'merge_request_event', job_project_id: undefined },
    'outside_code',
  ],
  [
    'a rule that allows code from outside lets a fork’s in',
    { outside: true },
    { pipeline_source: 'merge_request_event', job_project_id: '21' },
    'admitted',
  ],
  ['a protected branch gets in by a rule for those', { protectedOnly: true }, {}, 'admitted'],
  [
    'a branch that isn’t protected stays out of it',
    { protectedOnly: true },
    { ref_protected: 'false' },
    'ref_unprotected',
  ],
  ['another event stays out', { events: ['schedule'] }, {}, 'event_untrusted'],
  ['another branch stays out', { refs: ['main'] }, { ref: 'dev' }, 'ref_untrusted'],
  [
    'another environment stays out',
    { environments: ['preview'] },
    { environment: 'production' },
    'environment_untrusted',
  ],
];

const bitbucket: readonly Row[] = [
  ...ofAll,
  ['another repository stays out', {}, { repositoryUuid: '{ffff}' }, 'repository_untrusted'],
  ['another workspace stays out', { repository: null }, { workspaceUuid: '{ffff}' }, 'repository_untrusted'],
  ['a branch that the rule names gets in', { refs: ['main'] }, {}, 'admitted'],
  ['another branch stays out', { refs: ['main'] }, { branchName: 'dev' }, 'ref_untrusted'],
  [
    'an environment that the rule names gets in',
    { environments: ['{e1}'] },
    { deploymentEnvironmentUuid: '{e1}' },
    'admitted',
  ],
  [
    'another environment stays out',
    { environments: ['{e1}'] },
    { deploymentEnvironmentUuid: '{e2}' },
    'environment_untrusted',
  ],
];

describe.each([
  ['github', github],
  ['gitlab', gitlab],
  ['bitbucket', bitbucket],
] as const)('%s', (provider, rows) => {
  test.each(rows)('%s', async (_, rule, claims, code) => {
    const status = code === 'admitted' ? 201 : 403;
    expect(await answer(provider, rule ? [rule] : [], claims)).toMatchObject({ status, code });
  });
});

describe('several rules', () => {
  test('one has to say yes to all of it: two that each say half don’t', async () => {
    const rules = [
      { refs: ['main'], events: ['schedule'] },
      { refs: ['dev'], events: ['push'] },
    ];
    expect(await answer('github', rules, {})).toMatchObject({ code: 'ref_untrusted' });
  });

  test('the one that says yes lets it in, whichever else refuse', async () => {
    expect(await answer('github', [{ refs: ['dev'] }, {}, { events: ['schedule'] }], {})).toMatchObject({
      code: 'admitted',
    });
  });
});

test('a refusal names what a rule would have to say, to the last id', async () => {
  const problem = await answer('gitlab', [], { environment: 'review/\u202eapp' });
  expect(problem).toMatchObject({
    title: 'group/app isn’t trusted by this team.',
    detail:
      'For an admin of the team: a rule in Settings, Trusted repositories, admits it that says issuer https://gitlab.example.com, owner group (id 5), repository group/app (id 20), event push, branch or tag main, environment review/‹U+202E›app.',
    admittedBy: {
      issuer: 'https://gitlab.example.com',
      owner: { id: '5', name: 'group' },
      repository: { id: '20', name: 'group/app' },
      event: 'push',
      ref: 'main',
    },
  });
});

describe('a pipeline that names no team', () => {
  test('finds the one that trusts it among all that have its issuer', async () => {
    const own = await createTrustWorld();
    const other = await own.foundTeam('Other', 'Olga');
    await other.trust('github');
    const response = await own.exchange('github', {}, null);
    expect(await response.json()).toMatchObject({ team: { name: 'Other' } });
  });

  test('has to name one where several trust it', async () => {
    const own = await createTrustWorld();
    const other = await own.foundTeam('Other', 'Olga');
    await own.team.trust('github');
    await other.trust('github');
    expect(await problemOf(await own.exchange('github', {}, null))).toMatchObject({
      status: 409,
      code: 'team_ambiguous',
    });
    expect((await own.exchange('github', {}, 'Other')).status).toBe(201);
  });

  test('isn’t kept out by a team that takes its issuer for another provider’s', async () => {
    const own = await createTrustWorld();
    const wrong = await own.addTeam('Wrong');
    const eve = await own.member('Eve', wrong.id, 'admin');
    const url = own.issuers.github.url;
    expect((await eve.client.post(`${wrong.path}/issuers`, { provider: 'gitlab', url })).status).toBe(201);
    await own.team.trust('github');
    expect((await own.exchange('github', {}, null)).status).toBe(201);
  });

  test('is told the same of a team that there isn’t and of one without its issuer', async () => {
    const own = await createTrustWorld();
    await own.addTeam('Without');
    const answers = [];
    for (const team of ['Without', 'Nobody']) {
      const { status, code, title } = await problemOf(await own.exchange('github', {}, team));
      answers.push({ status, code, title: title.replace(team, '…') });
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'issuer_unknown' });
    expect(answers[0]).toEqual(answers[1]);
  });
});
