import { beforeEach, describe, expect, test } from 'vitest';
import { body, createVpn } from '../fixtures.ts';
import { pipelineOf, previewTeam, VPN, type PreviewTeam } from './testing/team.ts';

let given: PreviewTeam;

beforeEach(async () => {
  given = await previewTeam();
});

const pipeline = (token: Parameters<typeof pipelineOf>[2] = {}) => pipelineOf(given, given.ada, token);
const own = { repository: null };

describe('a pipeline', () => {
  test('gets the preview of its own repository, which it needn’t name, in a workspace of who made its rule', async () => {
    const { preview } = await given.up(await pipeline(), own);
    expect(preview).toMatchObject({ repository: 'octo/app', workspace: { name: 'app-12' } });
    expect(await body(await given.ada.client.get(`${given.team}/workspaces/app-12`), 200)).toMatchObject({
      owner: { id: given.ada.id },
      preview: { id: preview.id },
    });
  });

  test('may name its own repository, and no other', async () => {
    const client = await pipeline();
    await given.up(client, { repository: 'octo/app' });
    expect(await body(await given.ask(client, { repository: 'octo/api' }), 422)).toMatchObject({
      errors: [{ path: 'repository', code: 'other_repository' }],
    });
  });

  test('finds what another run of its repository made, also under the repository’s new name', async () => {
    const first = await given.up(await pipeline(), own);
    const renamed = await pipeline({ repository: { id: '4711', name: 'octo/shop' } });
    const { preview } = await given.up(renamed, own, 200);
    expect(preview).toMatchObject({
      id: first.preview.id,
      repository: 'octo/shop',
      workspace: { name: 'app-12' },
    });
  });

  test('of another repository, of the same name or not, gets another preview and sees, ends, checks and takes down none', async () => {
    const first = await given.up(await pipeline(), own);
    const path = `${given.previews}/${first.preview.id}`;
    for (const other of [
      await pipeline({ repository: { id: '999', name: 'octo/app' } }),
      await pipeline({ provider: 'gitlab', repository: { id: '4711', name: 'octo/app' } }),
    ]) {
      await body(await other.get(path), 404);
      await body(await other.post(`${path}/checks`, { address: '10.250.0.5' }), 404);
      await body(await other.patch(`${path}/runs/${first.run}`, { result: 'succeeded' }), 404);
      expect(await body(await other.get(given.previews), 200)).toMatchObject({ total: 0 });
      expect(await given.down(other, own)).toEqual({ preview: null });
      expect(await body(await given.ada.client.get(path), 200)).toMatchObject({ state: 'here' });
    }
  });

  test('is none of what people make, and people make none of its', async () => {
    const byPeople = await given.up(given.adasToken);
    const byPipeline = await given.up(await pipeline(), own);
    expect(byPipeline.preview.id).not.toBe(byPeople.preview.id);
    await given.up(given.adasToken, {}, 200);
    expect(await body(await given.ada.client.get(given.previews), 200)).toMatchObject({ total: 2 });
  });

  test('uses the VPNs of its rule alone, and is told of no other', async () => {
    const berlin = await createVpn(given.ada.client, given.team, { name: 'Berlin office' });
    const client = await pipeline({ vpns: [berlin.id] });
    expect(await body(await given.ask(client, { ...own, vpn: 'Company' }), 404)).toMatchObject({
      title: 'There is no VPN named “Company”. The nearest is “Berlin office”.',
    });
    // One that is there but not the rule's can't be told from one that isn't, by its name or id, nor in the list.
    for (const named of [VPN.toUpperCase(), given.vpn.id, 'nowhere']) {
      expect(await body(await given.ask(client, { ...own, vpn: named }), 404)).toMatchObject({
        code: 'vpn_unknown',
        title: `There is no VPN named “${named}”. The nearest is “Berlin office”.`,
      });
      await body(await client.get(`${given.previews}?vpn=${encodeURIComponent(named)}`), 404);
    }
    const { preview } = await given.up(client, { ...own, vpn: berlin.id });
    expect(preview.vpn?.name).toBe('Berlin office');
  });

  test('is told nothing of a VPN that its rule hasn’t got, but the team is', async () => {
    const berlin = await createVpn(given.ada.client, given.team, { name: 'Berlin office' });
    await body(await given.ask(await pipeline({ vpns: [berlin.id] }), { ...own, vpn: given.vpn.id }), 404);
    expect(await body(await given.ada.client.get(`${given.team}/pipeline-runs`), 200)).toMatchObject({
      items: [
        {
          result: 'refused',
          code: 'vpn_untrusted',
          message: expect.stringContaining(`doesn’t let it use the VPN ${VPN}. An admin can add it`),
          vpn: { id: given.vpn.id },
        },
      ],
    });
  });

  test('is no more than who made its rule: nothing, once they are no admin any more', async () => {
    const client = await pipeline();
    await given.up(client, own);
    await given.host.db
      .updateTable('member')
      .set({ role: 'member' })
      .where('user_id', '=', given.ada.id)
      .execute();
    await body(await given.ask(client, own), 401);
  });

  test('stands in the activity and in the runs by its repository and provider', async () => {
    const { preview } = await given.up(await pipeline(), own);
    const activity = await body(
      await given.ada.client.get(`${given.team}/activity?subject=${preview.workspace?.id}`),
      200,
    );
    expect(activity).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          action: 'preview.created',
          actor: expect.objectContaining({ kind: 'pipeline', name: 'octo/app, GitHub Actions' }),
          summary: 'Made the preview 12 of octo/app, and made a join token for it.',
        }),
      ]),
    });
    expect(
      await given.host.db
        .selectFrom('pipeline_run')
        .select(['provider', 'owner_name', 'event', 'ref', 'change', 'result', 'preview_id'])
        .executeTakeFirst(),
    ).toEqual({
      provider: 'github',
      owner_name: 'octo',
      event: 'push',
      ref: 'main',
      change: '12',
      result: 'running',
      preview_id: preview.id,
    });
  });
});

describe('the end of an older run', () => {
  test('leaves what a newer one brought up, and says that it is here', async () => {
    const { preview } = await given.up(await pipeline({ sequence: 20 }), own);
    await given.up(await pipeline({ sequence: 15 }), own, 200);
    const late = await pipeline({ sequence: 10 });
    for (const sequence of [10, 19]) {
      expect(await given.down(await pipeline({ sequence }), own)).toMatchObject({
        id: preview.id,
        state: 'here',
      });
    }
    expect(await body(await given.ask(late, own), 200)).toMatchObject({ created: false });
    expect(await given.down(await pipeline({ sequence: 20 }), own)).toMatchObject({ state: 'removed' });
  });

  test('counts anew once nobody had asked for the preview any more', async () => {
    await given.up(await pipeline({ sequence: 20 }), own);
    await given.host.db
      .updateTable('preview')
      .set({ workspace_id: null, removed_at: '2026-01-01T00:00:00.000Z', removed_reason: 'expired' })
      .execute();
    await given.up(await pipeline({ sequence: 10 }), own);
    expect(await given.down(await pipeline({ sequence: 15 }), own)).toMatchObject({ state: 'removed' });
  });

  test('ends a preview at GitLab, where the numbers of jobs don’t say which run is older', async () => {
    await given.up(await pipeline({ provider: 'gitlab', sequence: 20 }), own);
    const older = await pipeline({ provider: 'gitlab', sequence: 10 });
    expect(await given.down(older, own)).toMatchObject({ state: 'removed' });
  });
});

describe('after a preview was taken down, a pipeline', () => {
  const minute = 60_000;
  const left = async (sequence: number | null) => {
    await given.up(await pipeline(), own);
    given.host.clock.advance(minute);
    await given.down(await pipeline({ sequence }), own);
  };

  test('whose token was issued before doesn’t bring it back; one whose was issued after does', async () => {
    const older = await pipeline();
    await left(null);
    given.host.clock.advance(minute);
    expect(await body(await given.ask(older, own), 409)).toMatchObject({ code: 'preview_taken_down' });
    const newer = await pipeline();
    expect(await body(await given.ask(newer, { ...own, runningForSeconds: 120 }), 409)).toMatchObject({
      code: 'preview_taken_down',
    });
    await given.up(newer, { ...own, runningForSeconds: 30 });
  });

  test('of an older run doesn’t bring it back, however late it asks; one of a newer run does', async () => {
    const early = await pipeline({ sequence: 9 });
    await left(8);
    given.host.clock.advance(minute);
    await body(await given.ask(await pipeline({ sequence: 7 }), own), 409);
    await given.up(early, own);
  });

  test('of an older run stays out too when a still older one takes it down once more', async () => {
    await left(8);
    await given.down(await pipeline({ sequence: 3 }), own);
    given.host.clock.advance(minute);
    await body(await given.ask(await pipeline({ sequence: 7 }), own), 409);
  });

  test('makes a new one, with the same id and a new workspace', async () => {
    const first = await given.up(await pipeline({ sequence: 1 }), own);
    await given.down(await pipeline({ sequence: 2 }), own);
    const again = await given.up(await pipeline({ sequence: 3 }), own);
    expect(again.preview).toMatchObject({
      id: first.preview.id,
      state: 'here',
      removedAt: null,
      removedReason: null,
      vpn: { name: VPN },
    });
    expect(again.preview.workspace?.id).not.toBe(first.preview.workspace?.id);
  });

  test('that takes down what isn’t there yet keeps the run that is on its way from making it', async () => {
    const onItsWay = await pipeline({ sequence: 7 });
    expect(await given.down(await pipeline({ sequence: 8 }), own)).toEqual({ preview: null });
    await body(await given.ask(onItsWay, own), 409);
    expect(await body(await given.ada.client.get(given.previews), 200)).toMatchObject({ total: 0 });
  });
});
