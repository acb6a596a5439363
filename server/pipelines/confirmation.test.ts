import { describe, expect, test } from 'vitest';
import { createTrustWorld, problemOf } from './testing/trustWorld.ts';

/** A team that typed names and knows no ids. */
async function typed(names: object = { owner: { name: 'octo' }, repository: { name: 'octo/app' } }) {
  const world = await createTrustWorld();
  const rule = await world.team.trust('github', names);
  const path = `${world.team.path}/trusted-repositories/${rule.id}`;
  const code = async (changes: object = {}) => {
    const response = await world.exchange('github', { ...changes });
    return response.ok ? 'admitted' : (await problemOf(response)).code;
  };
  return {
    ...world,
    ada: world.team.admin.client,
    path,
    code,
    read: () => world.team.readRule(rule.id),
    confirm: (owner: string, repository: string | null) =>
      world.team.admin.client.post(`${path}/confirmation`, { owner, repository }),
  };
}

test('a rule of names waits, shows the ids of who comes first, and is for these once an admin confirms', async () => {
  const { code, read, confirm, exchange } = await typed();
  expect(await read()).toMatchObject({ state: 'waiting', seen: null });
  expect(await problemOf(await exchange('github'))).toMatchObject({
    status: 403,
    code: 'rule_unconfirmed',
    title:
      'The rule for this repository was made by its name. An admin of the team has to confirm that this is the one that was meant, in Settings, Trusted repositories.',
    admittedBy: { owner: { id: '12' }, repository: { id: '4711' } },
  });
  expect(await read()).toMatchObject({ state: 'to-confirm', seen: { owner: '12', repository: '4711' } });
  expect(await code()).toBe('rule_unconfirmed');

  expect((await confirm('12', '4711')).status).toBe(200);
  expect(await read()).toMatchObject({
    state: 'active',
    seen: null,
    owner: { id: '12', name: 'octo' },
    repository: { id: '4711', name: 'octo/app' },
  });
  expect(await code()).toBe('admitted');
  expect(await code({ repository: 'octo/renamed' })).toBe('repository_renamed');
  expect(await code({ repository_id: '9999' })).toBe('repository_replaced');
});

test('a rule for all of a typed owner is confirmed by the owner alone', async () => {
  const { code, read, confirm } = await typed({ owner: { name: 'octo' }, repository: null });
  expect(await code()).toBe('rule_unconfirmed');
  expect(await read()).toMatchObject({ seen: { owner: '12', repository: null } });
  expect((await confirm('12', null)).status).toBe(200);
  expect(await code({ repository: 'octo/other', repository_id: '4712' })).toBe('admitted');
});

test('an id that is known is not asked for again', async () => {
  const { code } = await typed({ owner: { name: 'octo', id: '66' }, repository: { name: 'octo/app' } });
  expect(await code()).toBe('repository_untrusted');
});

test('names are the same whatever their case', async () => {
  const { code } = await typed({ owner: { name: 'Octo' }, repository: { name: 'Octo/App' } });
  expect(await code()).toBe('rule_unconfirmed');
});

test('who comes second with the name is told, and the ids of the first stay to be confirmed', async () => {
  const { code, read, exchange } = await typed();
  await code();
  expect(await problemOf(await exchange('github', { repository_id: '9999' }))).toMatchObject({
    code: 'rule_unconfirmed',
    title: expect.stringContaining('another one of this name came first'),
  });
  expect(await read()).toMatchObject({ seen: { owner: '12', repository: '4711' } });
});

describe('nobody’s ids are kept to be confirmed', () => {
  test.each([
    ['of a token for another server', { aud: 'x' }],
    ['of a run that the rule wouldn’t let in', { event_name: 'pull_request_target' }],
    ['of another name', { repository: 'octo/other' }],
  ])('%s', async (_, changes) => {
    const { code, read } = await typed();
    expect(await code(changes)).not.toBe('rule_unconfirmed');
    expect(await read()).toMatchObject({ state: 'waiting', seen: null });
  });
});

describe('confirming is refused', () => {
  test('as long as nobody came', async () => {
    const { confirm } = await typed();
    expect(await problemOf(await confirm('12', '4711'))).toMatchObject({
      status: 409,
      code: 'nothing_to_confirm',
    });
  });

  test('with other ids than those that came', async () => {
    const { code, confirm, read } = await typed();
    await code();
    expect(await problemOf(await confirm('12', '9999'))).toMatchObject({ status: 409, code: 'seen_changed' });
    expect(await read()).toMatchObject({ state: 'to-confirm' });
  });

  test('twice', async () => {
    const { code, confirm } = await typed();
    await code();
    await confirm('12', '4711');
    expect(await problemOf(await confirm('12', '4711'))).toMatchObject({ code: 'nothing_to_confirm' });
  });
});

test('a rule whose names are changed waits anew', async () => {
  const { code, ada, path, read } = await typed();
  await code();
  const change = { repository: { name: 'octo/other' } };
  expect((await ada.patch(path, change, { ifMatch: '"1"' })).status).toBe(200);
  expect(await read()).toMatchObject({ state: 'waiting', seen: null });
});
