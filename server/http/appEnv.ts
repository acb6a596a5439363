import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Viewer } from '../session/viewer.ts';
import type { TeamAccess } from './teamAccess.ts';

/** What the app's middleware puts on each request, and what its host passes in with it. */
export type AppEnv = {
  Bindings: {
    /** The client’s address as the host knows it; left out where there is none (tests, the mock). */
    remoteAddress?: string;
  };
  Variables: {
    requestId: string;
    /** Who asks; null for somebody who isn’t signed in. */
    viewer: Viewer | null;
    /** Set on every route below `/teams/{team}`. */
    teamAccess: TeamAccess;
  };
};

export type App = OpenAPIHono<AppEnv>;
