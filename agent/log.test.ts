import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const logged = (fields: Record<string, unknown>, message: string): Record<string, unknown> => {
  const lines: string[] = [];
  createLog(
    (line) => lines.push(line),
    () => new Date(0),
  ).warn(fields, message);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  return JSON.parse(lines[0] ?? '');
};

test('an event is one line with time, level, message and fields', () => {
  expect(logged({ vpn: 'vpn_1', attempt: 2 }, 'Two\nlines')).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'warn',
    message: 'Two\nlines',
    vpn: 'vpn_1',
    attempt: 2,
  });
});

test('fields named like a secret lose their value, at any depth', () => {
  const line = logged(
    { vpns: [{ name: 'a', preSharedKey: 'hunter2' }], token: 'hunter2', psk: 'hunter2' },
    'm',
  );
  expect(JSON.stringify(line)).not.toContain('hunter2');
  expect(line['vpns']).toEqual([{ name: 'a', preSharedKey: '…' }]);
});

test('tokens inside texts and errors are cut out', () => {
  const token = `culv_join_${'a'.repeat(43)}`;
  const line = logged({ error: new Error(`refused ${token}`), list: [`x ${token}`] }, `with ${token}`);
  expect(JSON.stringify(line)).not.toContain('aaaa');
  expect(line['error']).toBe('refused culv_…');
});

test('a value that contains itself is cut off', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  expect(JSON.stringify(logged({ loop }, 'm'))).toContain('…');
});
