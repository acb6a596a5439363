import type { Clock, Outbound } from '../../server/deps.ts';
import { OutboundError } from '../../server/outboundError.ts';
import { createTestIssuer, type TestIssuer } from '../../server/pipelines/testing/issuer.ts';
import {
  createScriptedProvider,
  type ScriptedProvider,
} from '../../server/signIn/testing/scriptedProvider.ts';

/** Issuers that answer here: the two that everybody shares, and a company's own GitLab. */
export const issuerUrls = {
  github: 'https://token.actions.githubusercontent.com',
  gitlab: 'https://gitlab.com',
  ownGitlab: 'https://gitlab.example.com',
} as const;

/** The provider that a company signs its people in with, and who this server is there. */
export const companyLogin = {
  issuer: 'https://login.example.com',
  client: { id: 'culvert', secret: 'a secret of the provider' },
} as const;

/** The servers that this page's server may ask. No request leaves the page. */
export class Outside {
  readonly #clock: Clock;
  readonly #origin: string;
  #provider: Promise<ScriptedProvider> | null = null;
  readonly #issuers = new Map<string, Promise<TestIssuer>>();

  constructor(clock: Clock, origin: string) {
    this.#clock = clock;
    this.#origin = origin;
  }

  /** The company’s provider. It is made when it is first asked for, as issuers are. */
  provider(): Promise<ScriptedProvider> {
    const { issuer, client } = companyLogin;
    const redirectUri = `${this.#origin}/api/v1/sign-in/callback`;
    return (this.#provider ??= createScriptedProvider({
      issuer,
      client: { ...client, redirectUri },
      now: () => this.#clock.now(),
    }));
  }

  /** The issuer at this address. It is made when it is first asked for: making its key takes a while. */
  issuer(url: string): Promise<TestIssuer> {
    const made = this.#issuers.get(url) ?? createTestIssuer({ url, now: () => this.#clock.now() });
    this.#issuers.set(url, made);
    return made;
  }

  readonly outbound: Outbound = async (address, init) => {
    if (address.startsWith(`${companyLogin.issuer}/`))
      return await (await this.provider()).outbound(address, init);
    const url = Object.values(issuerUrls).find((one) => address.startsWith(`${one}/`));
    const answer = url === undefined ? null : (await this.issuer(url)).answer(address);
    if (answer !== null) return answer;
    const { origin } = new URL(address);
    throw new OutboundError('unreachable', `${origin} can’t be reached: its name is not known.`);
  };
}
