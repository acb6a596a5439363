import { beforeEach, describe, expect, test } from 'vitest';
import { body } from '../fixtures.ts';
import { pipelineOf, previewTeam, type PreviewTeam } from './testing/team.ts';

let given: PreviewTeam;
beforeEach(async () => {
  given = await previewTeam();
});

const own = { repository: null };
const asked = { repository: 'octo/app', change: '12' };

describe('a person, by the repository and the change,', () => {
  test('takes down what a pipeline made, and a run that was on its way stays out', async () => {
    const onItsWay = await pipelineOf(given, given.ada);
    const { preview } = await given.up(onItsWay, own);
    given.host.clock.advance(1000);
    expect(await given.down(given.adasToken)).toMatchObject({ id: preview.id, state: 'removed' });
    await body(await given.ask(onItsWay, own), 409);
    await given.up(await pipelineOf(given, given.ada), own);
  });

  test('is told the ids where several are of the same, and takes down the one that they name', async () => {
    const pipelines = (await given.up(await pipelineOf(given, given.ada), own)).preview;
    const peoples = (await given.up(given.adasToken)).preview;
    expect(await body(await given.adasToken.post(`${given.previews}/down`, asked), 409)).toMatchObject({
      code: 'preview_ambiguous',
      title: `There are 2 previews of 12 of octo/app: ${[pipelines, peoples]
        .map(({ id, workspace }) => `${id} (workspace ${workspace?.name})`)
        .toSorted()
        .join(', ')}. Say which by its id.`,
    });
    const named = { preview: pipelines.id };
    expect(await body(await given.adasToken.post(`${given.previews}/down`, named), 200)).toMatchObject({
      id: pipelines.id,
      state: 'removed',
    });
    expect(await given.down(given.adasToken)).toMatchObject({ id: peoples.id, state: 'removed' });
  });

  test('means their own where the other isn’t theirs to take down, and is refused where it is the only one', async () => {
    const { preview } = await given.up(await pipelineOf(given, given.ada), own);
    await body(await given.olgasToken.post(`${given.previews}/down`, asked), 403);
    const olgas = (await given.up(given.olgasToken)).preview;
    expect(await given.down(given.olgasToken)).toMatchObject({ id: olgas.id, state: 'removed' });
    expect(await body(await given.ada.client.get(`${given.previews}/${preview.id}`), 200)).toMatchObject({
      state: 'here',
    });
  });
});

describe('by its id', () => {
  test('a pipeline finds no other rule’s, and nobody one that isn’t the team’s', async () => {
    const { preview } = await given.up(await pipelineOf(given, given.ada), own);
    const other = await pipelineOf(given, given.ada, { rule: 'other' });
    await body(await other.post(`${given.previews}/down`, { preview: preview.id }), 404);
    await body(await given.adasToken.post(`${given.previews}/down`, { preview: 'prev_none' }), 404);
  });

  test('or by what it is of: one of them has to be said', async () => {
    expect(await body(await given.adasToken.post(`${given.previews}/down`, {}), 422)).toMatchObject({
      errors: [{ path: 'change', message: 'Say what the preview is of, or its id.' }],
    });
  });
});
