import { describe, expect, test } from 'vitest';
import { newToken } from '../tokens.ts';
import { createLog } from './log.ts';

const written = (readable: boolean, write: (log: ReturnType<typeof createLog>) => void): string => {
  let text = '';
  write(createLog({ write: (line: string) => void (text += line) }, readable));
  return text;
};

describe.each([
  ['as JSON', false],
  ['for people', true],
])('the log %s', (_form, readable) => {
  test.each([
    ['a password', { password: 'swordfish' }],
    ['a password inside', { body: { password: 'swordfish' } }],
    ['a key two levels down', { vpn: { change: { preSharedKey: 'swordfish' } } }],
    ['a header', { headers: { authorization: 'swordfish', cookie: 'swordfish' } }],
    ['a token by name', { token: 'swordfish' }],
  ])('never holds %s', (_what, fields) => {
    const text = written(readable, (log) => log.error(fields, 'it failed'));
    expect(text).not.toContain('swordfish');
    expect(text).toContain('[hidden]');
    expect(text).toContain('it failed');
  });

  test.each(['session', 'api', 'invitation', 'reset', 'setup', 'join'] as const)(
    'never holds a %s token, wherever it is',
    (kind) => {
      const token = newToken(kind);
      const text = written(readable, (log) => {
        log.warn({ error: { message: `no such link: ${token}` } }, `refused ${token}`);
        log.info({ [token]: 1, list: [token] }, 'done');
      });
      expect(text).not.toContain(token.slice(-30));
      expect(text).toContain(`culv_${kind}_[hidden]`);
    },
  );
});

test('a line says when, how bad, what, and the fields', () => {
  const json = JSON.parse(written(false, (log) => log.warn({ port: 8080 }, 'taken')));
  expect(json).toMatchObject({
    level: 40,
    msg: 'taken',
    port: 8080,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(written(true, (log) => log.warn({ port: 8080 }, 'taken'))).toMatch(
    /^\d\d:\d\d:\d\d warn  taken port=8080\n$/,
  );
});
