import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import type { AppEnv } from '../http/appEnv.ts';
import { sessionCookieName } from '../session/sessionCookie.ts';

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;
export type PathItem = NonNullable<OpenApiDocument['paths']>[string];
export type Operation = NonNullable<PathItem['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

/** Every operation of a document, in the order in which the routes were defined. */
export const operationsOf = (
  document: OpenApiDocument,
): { method: Method; path: string; operation: Operation }[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );

const description = `
Everything the dashboard does, it does through this API.

**Who asks.** A browser is known by its session cookie, a script by \`Authorization: Bearer culv_api_…\` (make a token in the
dashboard, under Settings). With both, the token counts. Writing with the cookie needs the dashboard’s own \`Origin\`.

**Problems.** What doesn’t succeed answers with a problem document (RFC 9457): \`title\` says why, \`code\` is stable, and
\`errors\` names each refused field of the body. What isn’t yours answers 404, as if it weren’t there.

**Lists** come in pages: pass \`nextCursor\` back as \`cursor\` until it is null.

**Changes** need \`If-Match\` with the revision that they are based on, so that nobody’s edit is lost: 428 without, and 412
with the object as it is now when somebody was faster.
`.trim();

/** The OpenAPI 3.1 document of all routes that are registered by now. */
export function openApiDocument(
  app: OpenAPIHono<AppEnv>,
  { settings }: Pick<Deps, 'settings'>,
): OpenApiDocument {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName(settings),
    description: 'A signed-in browser.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token of a team.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Culvert', version: settings.version, description },
    servers: [{ url: settings.publicUrl }],
    security: [{ session: [] }, { apiToken: [] }],
  });
  for (const { method, path, operation } of operationsOf(document)) {
    operation.operationId = operationId(method, path);
    // A route that never answers 401 is open to everybody; signing in, which does, says so itself.
    if (!operation.responses?.['401']) operation.security = [];
    operation.responses = {
      ...operation.responses,
      default: {
        description: 'Any other problem.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    };
  }
  return document;
}

/** `GET /api/v1/teams/{team}/vpns` is `getTeamsVpns`, `GET /api/v1/teams/{team}/vpns/{vpn}` is `getTeamsVpnsByVpn`. */
function operationId(method: Method, path: string): string {
  const words = path.replace('/api/v1/', '').split('/');
  const last = words.length - 1;
  const named = words.flatMap((word, at) => {
    const parameter = /^\{(.+)\}$/.exec(word)?.[1];
    if (parameter === undefined) return [pascal(word)];
    return at === last ? [`By${pascal(parameter)}`] : [];
  });
  return method + named.join('');
}

const pascal = (word: string) =>
  word
    .split(/[^a-zA-Z0-9]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
