/** As much of the library as the tests' provider uses: it comes without types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export type Account = {
    accountId: string;
    claims: (use: string, scope: string) => Record<string, unknown> & { sub: string };
  };

  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        clients: Record<string, unknown>[];
        claims: Record<string, string[]>;
        scopes: string[];
        findAccount: (context: unknown, id: string) => Account | undefined;
        cookies: { keys: string[] };
        jwks: { keys: Record<string, unknown>[] };
        ttl: Record<string, number>;
      },
    );
    callback(): RequestListener;
  }
}
