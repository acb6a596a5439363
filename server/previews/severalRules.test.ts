import { beforeEach, describe, expect, test } from 'vitest';
import { agentClose } from '../../contract/agentProtocol.ts';
import { FakeAgent } from '../agents/fakeAgent.ts';
import { body, createVpn } from '../fixtures.ts';
import type { TestClient } from '../testing.ts';
import { pipelineOf, previewTeam, type PreviewTeam } from './testing/team.ts';

let given: PreviewTeam;
let staging: string;
/** Trusted with the company’s VPN. */
let trusted: TestClient;
/** The same repository under a rule for forks, which has the staging VPN alone. */
let fork: TestClient;
const own = { repository: null, change: 'main' };
const toStaging = { ...own, vpn: 'Staging' };

beforeEach(async () => {
  given = await previewTeam();
  staging = (await createVpn(given.ada.client, given.team, { name: 'Staging' })).id;
  trusted = await pipelineOf(given, given.ada, { rule: 'main', vpns: [given.vpn.id, staging] });
  fork = await pipelineOf(given, given.ada, { rule: 'forks', vpns: [staging], outside: true });
});

const join = async (joinToken: string, name?: string) =>
  await new FakeAgent(given.host.deps.hub, name).join(joinToken);

describe('what two rules let in of one repository', () => {
  test('has a preview each, and no replica of the one gets the other’s VPN', async () => {
    const first = await given.up(fork, toStaging);
    const agent = await join(first.joinToken);
    const second = await given.up(trusted, own);
    await given.host.deps.hub.settled();
    expect(second.preview.id).not.toBe(first.preview.id);
    expect(second.preview.workspace?.id).not.toBe(first.preview.workspace?.id);
    expect(agent.closedWith).toBeNull();
    const vpns = agent.all('desired').flatMap((desired) => desired.vpns.map(({ id }) => id));
    expect(new Set(vpns)).toEqual(new Set([staging]));
  });

  test('neither lists, reads, checks nor ends what the other has', async () => {
    const { preview, run } = await given.up(trusted, own);
    const path = `${given.previews}/${preview.id}`;
    expect(await body(await fork.get(given.previews), 200)).toMatchObject({ total: 0 });
    await body(await fork.get(path), 404);
    await body(await fork.post(`${path}/checks`, { address: '10.250.0.5' }), 404);
    await body(await fork.patch(`${path}/runs/${run}`, { result: 'failed' }), 404);
    expect(await body(await trusted.get(given.previews), 200)).toMatchObject({ total: 1 });
  });

  test('taking down the other’s is refused with what to do, and leaves no mark', async () => {
    const { preview } = await given.up(trusted, own);
    expect(await body(await fork.post(`${given.previews}/down`, own), 409)).toMatchObject({
      code: 'preview_of_other_rule',
      title: expect.stringContaining('One rule has to admit both jobs'),
    });
    expect(await body(await trusted.get(`${given.previews}/${preview.id}`), 200)).toMatchObject({
      state: 'here',
    });
    await given.up(fork, { ...toStaging, runningForSeconds: 60 });
  });

  test('a job takes down another rule’s that lets it in as well, and then alone', async () => {
    const broad = await pipelineOf(given, given.ada, { rule: 'broad' });
    const { preview } = await given.up(broad, own);
    expect(await given.down(trusted, own)).toMatchObject({ id: preview.id, state: 'removed' });
    const again = await given.up(broad, own);
    await given.host.db
      .updateTable('trust_rule')
      .set({ refs: '["dev"]' })
      .where('id', 'like', 'rule_broad_%')
      .execute();
    await body(await trusted.post(`${given.previews}/down`, own), 409);
    expect(
      await body(await given.ada.client.get(`${given.previews}/${again.preview.id}`), 200),
    ).toMatchObject({ state: 'here' });
  });

  test('a rule that is made anew doesn’t come by what the old one’s pipelines made', async () => {
    const { preview } = await given.up(trusted, own);
    await given.host.db.deleteFrom('trust_rule').where('id', 'like', 'rule_main_%').execute();
    const anew = await pipelineOf(given, given.ada, { rule: 'anew' });
    expect((await given.up(anew, own)).preview.id).not.toBe(preview.id);
    expect(await body(await given.ada.client.get(given.previews), 200)).toMatchObject({ total: 2 });
  });
});

describe('a preview with a VPN that its rule hasn’t got any more', () => {
  test('is out of reach for the rule’s pipelines', async () => {
    const { preview, run } = await given.up(trusted, own);
    const narrowed = await pipelineOf(given, given.ada, { rule: 'main', vpns: [staging] });
    const path = `${given.previews}/${preview.id}`;
    expect(await body(await narrowed.get(given.previews), 200)).toMatchObject({ total: 0 });
    await body(await narrowed.get(path), 404);
    await body(await narrowed.post(`${path}/checks`, { address: '10.250.0.5' }), 404);
    await body(await narrowed.patch(`${path}/runs/${run}`, { result: 'failed' }), 404);
    for (const answer of [
      await given.ask(narrowed, toStaging),
      await narrowed.post(`${given.previews}/down`, own),
    ]) {
      const problem = await body(answer, 403);
      expect(problem).toMatchObject({ code: 'vpn_untrusted' });
      expect(JSON.stringify(problem)).not.toContain(given.vpn.name);
    }
    expect(await body(await given.ada.client.get(path), 200)).toMatchObject({ state: 'here' });
  });
});

describe('when a preview moves to another VPN', () => {
  test('who joined for the one before is told to go, before it hears of the new one', async () => {
    const first = await given.up(trusted, toStaging);
    const agent = await join(first.joinToken);
    const second = await given.up(trusted, own, 200);
    await given.host.deps.hub.settled();
    expect(agent.closedWith?.code).toBe(agentClose.revoked);
    const vpns = agent.all('desired').flatMap((desired) => desired.vpns.map(({ id }) => id));
    expect(vpns).not.toContain(given.vpn.id);
    expect(second.preview.replicas).toEqual({ total: 0, online: 0 });
    await expect(join(first.joinToken)).rejects.toThrow('token_revoked');
    await join(second.joinToken);
  });

  test('and to the same, everybody stays', async () => {
    const { joinToken } = await given.up(trusted, own);
    const agent = await join(joinToken);
    await given.up(trusted, own, 200);
    expect(agent.closedWith).toBeNull();
    await join(joinToken, 'another');
  });
});
