import { beforeEach, expect, test } from 'vitest';
import { body } from '../fixtures.ts';
import { collectPreviews } from './collectPreviews.ts';
import { pipelineOf, previewTeam, type PreviewTeam } from './testing/team.ts';

const HOUR = 3_600_000;

let given: PreviewTeam;

beforeEach(async () => {
  given = await previewTeam();
});

const runs = async () =>
  await given.host.db
    .selectFrom('pipeline_run')
    .select(['action', 'result', 'code', 'message', 'finished_at'])
    .orderBy('at')
    .orderBy('id')
    .execute();
const now = () => new Date(given.host.clock.now()).toISOString();

test('a run is running from up until its end is said; the first word counts', async () => {
  const { preview, run } = await given.up(given.olgasToken);
  expect(await runs()).toMatchObject([{ action: 'up', result: 'running', finished_at: null }]);
  given.host.clock.advance(1000);
  const path = `${given.previews}/${preview.id}/runs/${run}`;
  const failed = { result: 'failed', code: 'psk_mismatch', message: 'The pre-shared keys differ.' };
  await body(await given.olgasToken.patch(path, failed), 204);
  expect(await runs()).toMatchObject([{ ...failed, finished_at: now() }]);
  await body(await given.olgasToken.patch(path, { result: 'succeeded' }), 204);
  expect(await runs()).toMatchObject([failed]);
});

test('its end can be said after the preview was taken down', async () => {
  const { preview, run } = await given.up(given.olgasToken);
  await given.down(given.olgasToken);
  const path = `${given.previews}/${preview.id}/runs/${run}`;
  await body(await given.olgasToken.patch(path, { result: 'failed', code: 'preview_removed' }), 204);
  expect((await runs()).find(({ action }) => action === 'up')).toMatchObject({ result: 'failed' });
  expect((await runs()).find(({ action }) => action === 'down')).toMatchObject({ result: 'succeeded' });
});

test('one without a word for an hour has failed; a late word still counts', async () => {
  const { preview, run } = await given.up(given.olgasToken);
  given.host.clock.advance(HOUR - 1);
  await collectPreviews(given.host.deps);
  expect(await runs()).toMatchObject([{ result: 'running' }]);
  given.host.clock.advance(1);
  await collectPreviews(given.host.deps);
  expect(await runs()).toMatchObject([
    {
      result: 'failed',
      code: 'no_word',
      message: 'The job ended without a word: it was cancelled, killed or lost its network.',
      finished_at: now(),
    },
  ]);
  const path = `${given.previews}/${preview.id}/runs/${run}`;
  await body(await given.olgasToken.patch(path, { result: 'succeeded' }), 204);
  expect(await runs()).toMatchObject([{ result: 'succeeded', code: null, message: '' }]);
});

test('nobody says the end of another preview’s run, or of one that there isn’t', async () => {
  const one = await given.up(given.olgasToken);
  const two = await given.up(given.adasToken, { change: '13' });
  const end = { result: 'succeeded' };
  await body(await given.olgasToken.patch(`${given.previews}/${one.preview.id}/runs/${two.run}`, end), 404);
  await body(await given.olgasToken.patch(`${given.previews}/${one.preview.id}/runs/run_none`, end), 404);
  await body(await given.olgasToken.patch(`${given.previews}/${two.preview.id}/runs/${two.run}`, end), 403);
  const other = await pipelineOf(given, given.ada);
  await body(await other.patch(`${given.previews}/${one.preview.id}/runs/${one.run}`, end), 404);
});

test('fifty refusals of a team are kept, the newest', async () => {
  await given.up(given.adasToken);
  for (let count = 0; count < 52; count += 1) {
    given.host.clock.advance(1000);
    await body(await given.ask(given.olgasToken, { vpn: `none-${count}` }), 404);
  }
  const refused = (await runs()).filter(({ result }) => result === 'refused');
  expect(refused).toHaveLength(50);
  expect(refused[0]?.message).toContain('none-2');
  expect(refused.at(-1)?.message).toContain('none-51');
});
