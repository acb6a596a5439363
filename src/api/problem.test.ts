import { expect, test } from 'vitest';
import { isMissing, isSignedOut, problemOf } from './problem.ts';

const answer = (status: number, body: string) => new Response(body, { status });

test('a problem document keeps its fields, its request id and, with 412, the other version', async () => {
  const document = {
    type: 'about:blank',
    title: 'Somebody else changed this since you opened it.',
    status: 412,
    code: 'changed_meanwhile',
    requestId: 'req_1',
    errors: [{ path: 'name', code: 'taken', message: 'Taken.' }],
    current: { revision: 3 },
  };
  const problem = await problemOf(answer(412, JSON.stringify(document)));
  expect(problem).toMatchObject({
    message: document.title,
    status: 412,
    code: 'changed_meanwhile',
    requestId: 'req_1',
    errors: document.errors,
    current: { revision: 3 },
  });
});

test('what is said in detail is the message', async () => {
  const body = JSON.stringify({ title: 'Not now', detail: 'The team is full.', status: 409, code: 'x' });
  expect((await problemOf(answer(409, body))).message).toBe('The team is full.');
});

test('a page of a proxy becomes a problem that says so', async () => {
  const problem = await problemOf(answer(502, '<html>Bad gateway</html>'));
  expect(problem.code).toBe('unreadable');
  expect(problem.message).toMatch(/between this browser and the Culvert server/);
});

test('missing and signed out are told apart', async () => {
  expect(isMissing(await problemOf(answer(404, '')))).toBe(true);
  expect(isSignedOut(await problemOf(answer(401, '')))).toBe(true);
  expect(isSignedOut(await problemOf(answer(403, '')))).toBe(false);
  expect(isMissing(new Error('404'))).toBe(false);
});
