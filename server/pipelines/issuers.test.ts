import { describe, expect, test } from 'vitest';
import { OutboundError } from '../outboundError.ts';
import { createTestApp } from '../testing.ts';
import { createTestIssuer } from './testing/issuer.ts';
import { problemOf } from './testing/trustWorld.ts';

describe('adding an issuer', () => {
  const url = 'https://gitlab.example.com';

  async function adding(says: Record<string, unknown> = {}, asked = url) {
    const host = await createTestApp();
    const issuer = await createTestIssuer({ url });
    issuer.say(says);
    host.answerOutbound(issuer.outbound);
    const team = await host.addTeam('Acme');
    const ada = await host.member('Ada', team.id, 'admin');
    const add = () => ada.client.post(`${team.path}/issuers`, { provider: 'gitlab', url: asked });
    return { ...host, issuer, team, ada, add };
  }

  test('asks its discovery document, and lists it with nobody who trusts it yet', async () => {
    const { add, ada, team, db } = await adding();
    const response = await add();
    expect(response.status).toBe(201);
    const added: unknown = await response.json();
    expect(added).toMatchObject({ provider: 'gitlab', url, createdBy: { name: 'Ada' }, rules: 0 });
    expect(await (await ada.client.get(`${team.path}/issuers`)).json()).toEqual({
      items: [added],
      nextCursor: null,
      total: 1,
    });
    expect(await db.selectFrom('activity').select(['action', 'summary']).execute()).toEqual([
      { action: 'trust.issuer-added', summary: `Added ${url} as an issuer of tokens of GitLab CI.` },
    ]);
  });

  test.each([
    [
      'another issuer’s document',
      { issuer: 'https://other.example.com' },
      url,
      'is the document of another issuer, “https://other.example.com”',
    ],
    ['a slash too many', {}, `${url}/`, `is the document of another issuer, “${url}”`],
    ['a document without keys', { jwks_uri: undefined }, url, 'is no discovery document'],
    ['a host that there isn’t', {}, 'https://nowhere.example.com', 'can’t be reached'],
  ])('with %s is refused, at the field', async (_, says, asked, words) => {
    const { add, db } = await adding(says, asked);
    expect(await problemOf(await add())).toMatchObject({
      status: 422,
      errors: [{ path: 'url', code: 'issuer_unusable', message: expect.stringContaining(words) }],
    });
    expect(await db.selectFrom('issuer').selectAll().execute()).toEqual([]);
  });

  test.each(['gitlab.example.com', 'ftp://a.example', 'https://u:p@a.example', 'https://a.example/?x=1'])(
    'as %s is refused before anything is asked',
    async (asked) => {
      const { add, issuer } = await adding({}, asked);
      expect(await problemOf(await add())).toMatchObject({ status: 422, errors: [{ path: 'url' }] });
      expect(issuer.asked).toEqual([]);
    },
  );

  test('twice is refused', async () => {
    const { add } = await adding();
    await add();
    expect(await problemOf(await add())).toMatchObject({ status: 409, code: 'issuer_exists' });
  });

  test('shows what the way out says', async () => {
    const { add, answerOutbound } = await adding();
    answerOutbound(async () => {
      throw new OutboundError('refused', '10.0.0.1 leads to a private address.');
    });
    expect(await problemOf(await add())).toMatchObject({
      errors: [{ message: '10.0.0.1 leads to a private address.' }],
    });
  });
});
