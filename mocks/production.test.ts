import { resolve } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** What only the mock has: its database, its faults, its worker. */
const traces = ['sqlite', 'kysely', 'mockServiceWorker', '__fault', 'culvertMock', 'culvert-scenario'];

test('nothing of the mock is in what people get', { timeout: 120_000 }, async () => {
  const built = await build({
    root: resolve(import.meta.dirname, '..'),
    mode: 'production',
    logLevel: 'silent',
    build: { write: false },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const files = outputs.map((file) => ({
    name: file.fileName,
    text: file.type === 'chunk' ? file.code : String(file.source),
  }));
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap(({ name, text }) =>
    traces
      .filter((trace) => name.includes(trace) || text.includes(trace))
      .map((trace) => `${trace} in ${name}`),
  );
  expect(found).toEqual([]);
});
