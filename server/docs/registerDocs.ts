import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { docsPage } from './docsPage.ts';
import { openApiDocument, type OpenApiDocument } from './openApi.ts';

/** The page is made of its own styles and nothing else. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** Register it last: it describes the routes that are there. The document is made when somebody first asks for it. */
export function registerDocs(app: App, deps: Deps): void {
  let known: OpenApiDocument | null = null;
  const document = () => (known ??= openApiDocument(app, deps));

  app.get('/api/v1/openapi.json', (c) => c.json(document()));
  app.get('/api/v1/docs', (c) => c.html(docsPage(document()), 200, { 'content-security-policy': policy }));
}
