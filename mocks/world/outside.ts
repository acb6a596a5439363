import type { Clock, Outbound } from '../../server/deps.ts';
import { OutboundError } from '../../server/outboundError.ts';
import { createTestIssuer, type TestIssuer } from '../../server/pipelines/testing/issuer.ts';

/** Issuers that answer here: the two that everybody shares, and a company's own GitLab. */
export const issuerUrls = {
  github: 'https://token.actions.githubusercontent.com',
  gitlab: 'https://gitlab.com',
  ownGitlab: 'https://gitlab.example.com',
} as const;

/** The servers that this page's server may ask. No request leaves the page. */
export class Outside {
  readonly #clock: Clock;
  readonly #issuers = new Map<string, Promise<TestIssuer>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The issuer at this address. It is made when it is first asked for: making its key takes a while. */
  issuer(url: string): Promise<TestIssuer> {
    const made = this.#issuers.get(url) ?? createTestIssuer({ url, now: () => this.#clock.now() });
    this.#issuers.set(url, made);
    return made;
  }

  readonly outbound: Outbound = async (address) => {
    const url = Object.values(issuerUrls).find((one) => address.startsWith(`${one}/`));
    const answer = url === undefined ? null : (await this.issuer(url)).answer(address);
    if (answer !== null) return answer;
    const { origin } = new URL(address);
    throw new OutboundError('unreachable', `${origin} can’t be reached: its name is not known.`);
  };
}
