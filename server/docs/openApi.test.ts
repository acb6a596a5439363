import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../testing.ts';
import { openApiDocument, operationsOf, type OpenApiDocument } from './openApi.ts';

let document: OpenApiDocument;
let page: Response;
let html: string;

beforeAll(async () => {
  const { app, deps, anonymous } = await createTestApp();
  document = openApiDocument(app, deps);
  page = await anonymous.get('/api/v1/docs');
  html = await page.text();
});

describe('every operation of the document', () => {
  test('has a summary, a tag and an id of its own', () => {
    const operations = operationsOf(document);
    expect(operations.length).toBeGreaterThan(40);
    for (const { method, path, operation } of operations) {
      expect(operation.summary, `${method} ${path}`).toMatch(/^[A-Z]/);
      expect(operation.tags, `${method} ${path}`).toHaveLength(1);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names the parameters of its path, and no others', () => {
    for (const { path, operation } of operationsOf(document)) {
      const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      const declared = (operation.parameters ?? []).flatMap((parameter) =>
        'in' in parameter && parameter.in === 'path' ? [parameter.name] : [],
      );
      expect(declared.toSorted(), path).toEqual(inPath.toSorted());
    }
  });

  test('answers what is not a success with a problem document', () => {
    for (const { method, path, operation } of operationsOf(document)) {
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        if (/^[23]/.test(status)) continue;
        expect(answer.content, `${method} ${path} ${status}`).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        });
      }
    }
  });

  test('that writes below a team says that a stranger gets 401 and 404', () => {
    for (const { method, path, operation } of operationsOf(document)) {
      if (!path.startsWith('/api/v1/teams/')) continue;
      expect(Object.keys(operation.responses ?? {}), `${method} ${path}`).toEqual(
        expect.arrayContaining(['401', '404']),
      );
    }
  });
});

test('every reference leads to a schema', () => {
  const references = Array.from(
    JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g),
  );
  const names = new Set(references.map(([, name]) => name));
  expect(names.size).toBeGreaterThan(15);
  for (const name of names) expect(document.components?.schemas).toHaveProperty(name ?? '');
});

test('the document is served as JSON, to everybody', async () => {
  const { anonymous } = await createTestApp();
  const response = await anonymous.get('/api/v1/openapi.json');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    openapi: '3.1.0',
    security: [{ session: [] }, { apiToken: [] }],
  });
});

test('the page shows every operation and schema, and loads nothing', () => {
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<link rel="stylesheet|src=|@import/);
  for (const { operation } of operationsOf(document)) expect(html).toContain(`id="${operation.operationId}"`);
  const targets = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, id]) => id);
  for (const id of targets) expect(html).toContain(`id="${id}"`);
});
