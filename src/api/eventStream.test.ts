import { expect, test } from 'vitest';
import { backoff, createEventParser } from './eventStream.ts';

const stream = 'event: hello\ndata: {}\n\n: beat\n\nevent: change\r\ndata: {"topics":["vpns"]}\r\n\r\n';

test('events come out whole, whatever the pieces they arrive in', () => {
  for (let cut = 1; cut < stream.length; cut++) {
    const parse = createEventParser();
    const events = [...parse(stream.slice(0, cut)), ...parse(stream.slice(cut))];
    expect(events, `cut at ${cut}`).toEqual([
      { event: 'hello', data: '{}' },
      { event: 'change', data: '{"topics":["vpns"]}' },
    ]);
  }
});

test('data lines are joined, a comment is no event, an unnamed event is a message', () => {
  const parse = createEventParser();
  expect(parse(': nothing\n\ndata: a\ndata:b\n\n')).toEqual([{ event: 'message', data: 'a\nb' }]);
});

test('the first retry comes within a second, later ones within ten', () => {
  expect(backoff(1, 1)).toBe(1000);
  expect(backoff(1, 0)).toBe(250);
  expect(backoff(3, 1)).toBe(4000);
  expect(backoff(30, 1)).toBe(10_000);
});
