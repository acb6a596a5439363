import { docsStyle } from './docsStyle.ts';
import { Html, html, inline, prose } from '../http/html.ts';
import { operationsOf, type Method, type OpenApiDocument, type Operation } from './openApi.ts';
import { fieldRow, schemaTable, typeLine } from './schemaView.ts';

type Entry = { method: Method; path: string; operation: Operation };

/** The whole document as one page: no scripts, nothing loaded, readable in light and dark and on paper. */
export function docsPage(document: OpenApiDocument): string {
  const groups = byTag(operationsOf(document));
  const schemas = Object.entries(document.components?.schemas ?? {}).toSorted(([a], [b]) =>
    a.localeCompare(b),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Culvert API</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(docsStyle)}
        </style>
      </head>
      <body>
        <div class="page">
          <nav aria-label="Contents">
            ${groups.map(
              ([tag, entries]) =>
                html`<h2><a href="#tag-${slug(tag)}">${tag}</a></h2>
                  <ul>
                    ${entries.map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`)}
                  </ul>`,
            )}
            <h2><a href="#schemas">Schemas</a></h2>
          </nav>
          <main>
            <h1>Culvert API</h1>
            <p>
              Version ${document.info.version}. The same as a machine reads it:
              <a href="/api/v1/openapi.json"><code>/api/v1/openapi.json</code></a> (OpenAPI 3.1).
            </p>
            ${prose(document.info.description ?? '')}
            ${groups.map(
              ([tag, entries]) =>
                html`<section aria-labelledby="tag-${slug(tag)}">
                  <h2 id="tag-${slug(tag)}">${tag}</h2>
                  ${entries.map(operationView)}
                </section>`,
            )}
            <section aria-labelledby="schemas">
              <h2 id="schemas">Schemas</h2>
              ${schemas.map(
                ([name, schema]) =>
                  html`<article id="schema-${name}">
                    <h3>${name}</h3>
                    ${schemaTable(schema)}
                  </article>`,
              )}
            </section>
          </main>
        </div>
      </body>
    </html>`.text;
}

function operationView({ method, path, operation }: Entry): Html {
  const body =
    operation.requestBody && 'content' in operation.requestBody ? operation.requestBody.content : {};
  return html`<article id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <div class="route">
      <span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code>${
        operation.security?.length === 0 ? html` <span class="open">open to everybody</span>` : null
      }
    </div>
    ${operation.description === undefined ? null : prose(operation.description)} ${parametersView(operation)}
    ${Object.values(body).map(
      ({ schema }) =>
        html`<h4>Body</h4>
          ${schemaTable(schema)}`,
    )}
    <h4>Answers</h4>
    <div class="table">
      <table class="answers">
        ${Object.entries(operation.responses ?? {}).map(([status, answer]) => answerRow(status, answer))}
      </table>
    </div>
  </article>`;
}

function parametersView({ parameters = [] }: Operation): Html | null {
  const rows = parameters.flatMap((parameter) =>
    'name' in parameter
      ? [
          fieldRow(parameter.name, parameter.schema, {
            required: parameter.required === true,
            note: `in the ${parameter.in}`,
          }),
        ]
      : [],
  );
  return rows.length === 0
    ? null
    : html`<h4>Parameters</h4>
        <div class="table">
          <table>
            ${rows}
          </table>
        </div>`;
}

/** Problems all look the same, so only what a success answers is linked. */
function answerRow(status: string, answer: NonNullable<Operation['responses']>[string]): Html {
  const { description = '', content = {} } = answer;
  const bodies = Object.entries<{ schema?: unknown }>(content)
    .filter(([mediaType]) => mediaType !== 'application/problem+json')
    .map(([, { schema }]) => html`<div class="note">${typeLine(schema)}</div>`);
  return html`<tr>
    <th scope="row"><code>${status}</code></th>
    <td>${inline(description)}${bodies}</td>
  </tr>`;
}

/** Operations by their first tag, tags in the order of their first route. */
function byTag(entries: Entry[]): [string, Entry[]][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const tag = entry.operation.tags?.[0] ?? 'Other';
    groups.set(tag, [...(groups.get(tag) ?? []), entry]);
  }
  return [...groups];
}

const slug = (tag: string) => tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
