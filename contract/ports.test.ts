import { describe, expect, test } from 'vitest';
import { PortChange, PortForward, portNumber, SharedPortQuery } from './ports.ts';

test.each([1, 80, 3000, 65_535])('%d is a port number', (number) => {
  expect(portNumber.parse(number)).toBe(number);
});

test.each([0, -1, 65_536, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3000', null, undefined, true, [3000]])(
  '%j is no port number',
  (input) => {
    const issues = portNumber.safeParse(input).error?.issues;
    expect(issues?.map(({ message }) => message)).toEqual(['Enter a port number from 1 to 65535.']);
  },
);

describe('a label', () => {
  test.each([
    ['Web', 'Web'],
    ['  Pay roll  ', 'Pay roll'],
    ['Büro 日本 🚀', 'Büro 日本 🚀'],
    ['x'.repeat(60), 'x'.repeat(60)],
    [null, null],
  ])('may be %j', (label, stored) => {
    expect(PortChange.parse({ label })).toEqual({ label: stored });
  });

  test.each([
    ['is empty', '', 'Enter a name.'],
    ['is blank', '   ', 'Enter a name.'],
    ['is too long', 'x'.repeat(61), 'Use at most 60 characters.'],
    ['holds a line break', 'two\nlines', 'A name can’t hold control characters.'],
    ['holds U+0000', 'a\u0000b', 'A name can’t hold control characters.'],
    ['holds an escape sequence', '\u001B[31mred', 'A name can’t hold control characters.'],
    ['turns the text around', 'abc\u202Edef', 'A name can’t hold invisible marks.'],
    ['isolates a direction', '\u2066abc', 'A name can’t hold invisible marks.'],
    ['holds half a character', 'a\uD800', 'A name can’t hold invisible marks.'],
    ['can’t be seen', '\u200B\u200B', 'Enter a name that can be seen.'],
  ])('is refused where it %s', (_, label, message) => {
    const issues = PortForward.safeParse({ label }).error?.issues;
    expect(issues?.map((issue) => issue.message)).toContain(message);
  });
});

test.each([{ protocol: 'tcp' }, { protocol: null }, { label: 5 }, [], 'http', null])(
  '%j doesn’t forward a port',
  (wish) => {
    expect(PortForward.safeParse(wish).success).toBe(false);
  },
);

test('what is left out of a wish stays left out, so that it can stay as it was', () => {
  expect(PortForward.parse({})).toEqual({});
  expect(PortChange.parse({})).toEqual({});
});

test.each(['authenticated', 'PUBLIC', '', null])('%j is no visibility', (visibility) => {
  expect(PortChange.safeParse({ visibility }).success).toBe(false);
});

test('the shared list is by exposure unless something else is asked for', () => {
  expect(SharedPortQuery.parse({})).toMatchObject({ sort: 'exposure', limit: 100 });
  expect(SharedPortQuery.safeParse({ sort: 'owner' }).success).toBe(false);
  expect(SharedPortQuery.safeParse({ visibility: 'private' }).success).toBe(false);
});
