import { describe, expect, test } from 'vitest';
import type { PipelineRun, TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { openRefusals, ruleFor } from './refusals.ts';

const issuer = 'https://token.actions.githubusercontent.com';

const admittedBy = {
  issuer,
  owner: { id: '12', name: 'octo' },
  repository: { id: '4711', name: 'octo/app' },
  event: 'push',
  ref: 'main',
};

const refused: PipelineRun = {
  id: 'run_1',
  at: '2026-11-20T10:00:00.000Z',
  finishedAt: '2026-11-20T10:00:00.000Z',
  provider: 'github',
  repository: 'octo/app',
  change: null,
  event: 'push',
  ref: 'main',
  actor: 'octo/app',
  action: 'exchange',
  result: 'refused',
  code: 'repository_untrusted',
  message: '',
  vpn: null,
  workspace: null,
  admittedBy,
  knownOwner: true,
};

const rule: TrustedRepository = {
  id: 'rule_1',
  issuer: { id: 'iss_1', provider: 'github', url: issuer },
  owner: admittedBy.owner,
  repository: admittedBy.repository,
  state: 'active',
  seen: null,
  stopped: null,
  events: [],
  refs: [],
  environments: [],
  protectedOnly: false,
  outside: false,
  vpns: null,
  createdAt: '2026-11-19T10:00:00.000Z',
  createdBy: 'Ada',
  lastUsedAt: null,
  revision: 1,
};

const later: TrustedRepository = { ...rule, createdAt: '2026-11-21T10:00:00.000Z' };
const byEvent: PipelineRun = { ...refused, code: 'event_untrusted' };
const gotIn: PipelineRun = { ...refused, id: 'run_2', result: 'succeeded', code: null, admittedBy: null };

const runsOf = (runs: PipelineRun[], rules: TrustedRepository[] = []) =>
  openRefusals(runs, rules).map(({ run }) => run.id);

describe('a refused run', () => {
  test('of a repository that nobody trusts is open', () => {
    expect(openRefusals([refused], [])).toEqual([{ run: refused, admittedBy, rule: undefined }]);
  });

  test('is settled once a rule was made for it', () => {
    expect(runsOf([refused], [later])).toEqual([]);
    expect(runsOf([refused], [{ ...later, repository: null }])).toEqual([]);
  });

  test('is open while its rule refuses it', () => {
    expect(openRefusals([byEvent], [rule])).toEqual([{ run: byEvent, admittedBy, rule }]);
  });

  test('is settled once a later run of its repository got in by the same event', () => {
    expect(runsOf([gotIn, byEvent], [rule])).toEqual([]);
    expect(runsOf([byEvent, gotIn], [rule])).toEqual(['run_1']);
    expect(runsOf([{ ...gotIn, event: 'pull_request' }, byEvent], [rule])).toEqual(['run_1']);
  });

  test('for its branch is settled by one of that branch, for its VPN by one with that', () => {
    const byRef = { ...refused, code: 'ref_untrusted' };
    expect(runsOf([{ ...gotIn, ref: 'other' }, byRef], [rule])).toEqual(['run_1']);
    expect(runsOf([gotIn, byRef], [rule])).toEqual([]);
    const byVpn = { ...refused, code: 'vpn_untrusted', vpn: { id: 'vpn_1', name: 'Berlin' } };
    expect(runsOf([{ ...gotIn, vpn: { id: 'vpn_2', name: 'Oslo' } }, byVpn], [rule])).toEqual(['run_1']);
    expect(runsOf([{ ...gotIn, vpn: byVpn.vpn }, byVpn], [rule])).toEqual([]);
  });

  test('stays open when one of the same name, with other ids, got in', () => {
    const other = { ...refused, admittedBy: { ...admittedBy, repository: { id: '9', name: 'octo/app' } } };
    expect(runsOf([gotIn, other], [rule])).toEqual(['run_1']);
  });

  test('is told once for each reason', () => {
    const again = { ...refused, id: 'run_0' };
    expect(runsOf([again, refused, byEvent])).toEqual(['run_0', 'run_1']);
  });

  test.each(['rule_unconfirmed', 'rule_stopped', 'preview_taken_down', 'vpn_unknown', null])(
    'with %s isn’t for a new rule to let in',
    (code) => {
      expect(runsOf([{ ...refused, code }])).toEqual([]);
    },
  );

  test('that no rule could let in isn’t told', () => {
    expect(runsOf([{ ...refused, admittedBy: null }])).toEqual([]);
  });
});

test('a repository’s own rule goes before that of its owner', () => {
  const ofOwner = { ...rule, id: 'rule_2', repository: null };
  expect(ruleFor([ofOwner, rule], admittedBy)).toBe(rule);
  expect(ruleFor([ofOwner], admittedBy)).toBe(ofOwner);
  expect(ruleFor([{ ...rule, owner: { id: '13', name: 'octo' } }], admittedBy)).toBeUndefined();
});
