import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { TestClock } from '../../testing.ts';
import { PROBLEM_HEADER, retryScript } from './retryScript.ts';

/** The script in as much of a page as it knows. `problem`: what the port answers with; undefined: it can’t be reached. */
function openPage(problem: () => string | null | undefined) {
  const clock = new TestClock();
  const cancels: (() => void)[] = [];
  const listeners: (() => void)[] = [];
  const asked: { at: number; url: string; method: string }[] = [];
  let reloads = 0;
  const start = clock.now();
  const document = {
    hidden: false,
    addEventListener: (_event: string, listener: () => void) => listeners.push(listener),
  };
  runInNewContext(retryScript, {
    document,
    location: { href: 'http://a.localhost/x', reload: () => (reloads += 1) },
    setTimeout: (task: () => void, ms: number) => cancels.push(clock.after(ms, task)),
    clearTimeout: (id: number) => cancels[id - 1]?.(),
    fetch: (url: string, { method }: { method: string }) => {
      asked.push({ at: clock.now() - start, url, method });
      const code = problem();
      return code === undefined
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve({ headers: new Headers(code === null ? {} : { [PROBLEM_HEADER]: code }) });
    },
  });
  return {
    asked,
    reloads: () => reloads,
    show(visible: boolean) {
      document.hidden = !visible;
      for (const listener of listeners) listener();
    },
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(100);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe('the page of a port that can’t be served', () => {
  test('asks for the head of its own address after a second, then ever more rarely, up to every 15 seconds', async () => {
    const page = openPage(() => 'not_listening');
    await page.pass(60_000);
    const times = page.asked.map(({ at }) => at);
    expect(times.slice(0, 4)).toEqual([1000, 2500, 4750, 8175]);
    expect(Math.round(((times.at(-1) ?? 0) - (times.at(-2) ?? 0)) / 100)).toBe(150);
    expect(page.asked[0]).toMatchObject({ url: 'http://a.localhost/x', method: 'HEAD' });
    expect(page.reloads()).toBe(0);
  });

  test.each([
    ['the app answers', null],
    ['access has ended', 'not_signed_in'],
    ['something else is wrong', 'wrong_protocol'],
  ])('opens its address again once %s', async (_what, answer) => {
    let problem: string | null = 'replica_offline';
    const page = openPage(() => problem);
    await page.pass(3000);
    expect(page.reloads()).toBe(0);
    problem = answer;
    await page.pass(3000);
    expect(page.reloads()).toBe(1);
  });

  test('goes on while the server itself can’t be reached', async () => {
    const page = openPage(() => undefined);
    await page.pass(10_000);
    expect(page.asked.length).toBeGreaterThan(3);
    expect(page.reloads()).toBe(0);
  });

  test('rests while nobody looks, and looks at once, or nearly, when somebody does', async () => {
    const page = openPage(() => 'not_listening');
    await page.pass(20_000);
    page.show(false);
    const before = page.asked.length;
    await page.pass(60_000);
    expect(page.asked).toHaveLength(before);
    page.show(true);
    await page.pass(1000);
    expect(page.asked).toHaveLength(before + 1);
  });
});
