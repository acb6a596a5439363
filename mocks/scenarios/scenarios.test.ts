import { expect, test } from 'vitest';
import type { Session } from '../../contract/session.ts';
import { createWorld } from '../world/world.ts';
import { beginScenario } from './begin.ts';
import { scenarios } from './scenarios.ts';

const begin = async (scenario: string, signedInAs: string | null = null) =>
  await beginScenario(await createWorld('http://localhost:4173'), { scenario, signedInAs });

test.each([...scenarios.keys()])('%s can be made', async (name) => {
  const { browser, beginning } = await begin(name);
  const session: Session = await browser.json('GET', '/api/v1/session');
  expect(session.setup).toBe(beginning.teamId === null ? 'needed' : 'done');
  expect(session.user === null).toBe(beginning.signedInAs === null);
  expect(session.teams.map((team) => team.id)).toEqual(session.user === null ? [] : [beginning.teamId]);
});

test('a scenario has the same ids every time, so that an address survives a reload', async () => {
  const first = await begin('healthy');
  const second = await begin('healthy');
  expect(second.beginning).toEqual(first.beginning);
});

test('somebody else can be signed in, or nobody', async () => {
  const mei = await begin('mixed', 'mei');
  const session: Session = await mei.browser.json('GET', '/api/v1/session');
  expect(session.user?.name).toBe('Mei Tanaka');
  const nobody = await begin('mixed', 'nobody');
  const empty: Session = await nobody.browser.json('GET', '/api/v1/session');
  expect(empty.user).toBeNull();
});

test('a name that there isn’t is refused with those there are', async () => {
  await expect(begin('misspelt')).rejects.toThrow('There is no scenario “misspelt”. There are: empty, setup');
});
