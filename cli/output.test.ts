import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutput } from './output.ts';

const screen = (isTTY: boolean) => ({
  text: '',
  isTTY,
  columns: 20,
  write(text: string) {
    this.text += text;
  },
});

function output(isTTY: boolean, env: Record<string, string> = {}, json = false) {
  const [stdout, stderr] = [screen(isTTY), screen(isTTY)];
  return { stdout, stderr, out: createOutput({ env, stdout, stderr }, json) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('on a terminal, progress is one line that turns, is cut to the width, and goes away', () => {
  const { out, stdout, stderr } = output(true);
  const progress = out.progress('Waiting for a very long time');
  progress.update('Still');
  expect(stderr.text.split('\r\u001b[2K')).toEqual(['', '⠙ Waiting for a ver', '⠹ Still']);
  vi.advanceTimersByTime(80);
  progress.stop();
  expect(stderr.text.endsWith('⠸ Still\r\u001b[2K')).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect(stdout.text).toBe('');
});

test.each([
  ['a pipe', false, {}],
  ['a terminal that can’t move', true, { TERM: 'dumb' }],
])('on %s, progress is a line each time it changes', (_what, isTTY, env) => {
  const { out, stderr } = output(isTTY, env);
  const progress = out.progress('One');
  progress.update('One');
  progress.update('Two');
  vi.advanceTimersByTime(1000);
  progress.stop();
  expect(stderr.text).toBe('One\nTwo\n');
});

test.each([
  [true, {}, '\u001b[1mx\u001b[22m'],
  [true, { NO_COLOR: '1' }, 'x'],
  [true, { NO_COLOR: '' }, '\u001b[1mx\u001b[22m'],
  [true, { TERM: 'dumb' }, 'x'],
  [false, {}, 'x'],
])('terminal: %s, environment: %j, bold is %j', (isTTY, env, bold) => {
  expect(output(isTTY, env).out.style.bold('x')).toBe(bold);
});

test('a result is text, or what the API answered', () => {
  const text = output(false);
  text.out.result({ a: 1 }, () => 'One.');
  text.out.result({ a: 1 }, () => '');
  expect(text.stdout.text).toBe('One.\n');
  const json = output(false, {}, true);
  json.out.result({ a: 1 }, () => 'One.');
  expect(json.stdout.text).toBe('{\n  "a": 1\n}\n');
});
