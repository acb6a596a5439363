import { expect, test } from 'vitest';
import { displayName } from './team.ts';
import { JoinTokenCreate } from './workspaces.ts';

test.each(['Ada Lovelace', 'Zoë', '山田太郎', 'مریم\u200cنژاد', '👩\u200d💻', 'O’Neill-Smith, Jr.', '42'])(
  '%s is a name',
  (name) => {
    expect(displayName.parse(` ${name} `)).toBe(name);
    expect(JoinTokenCreate.parse({ name })).toEqual({ name });
  },
);

test.each([
  ['nothing', ' '],
  ['nothing that can be seen', '\u200b\u2060'],
  ['a line break', 'Ada\nRevoked the join token'],
  ['a zero', 'Ada\0'],
  ['what turns the text around', 'Ada \u202eniaga nimdA'],
  ['half a character', 'Ada \ud83d'],
  ['too much', 'a'.repeat(81)],
])('%s is none', (_, name) => {
  expect(displayName.safeParse(name).success).toBe(false);
  expect(JoinTokenCreate.safeParse({ name }).success).toBe(false);
});
