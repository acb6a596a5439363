import { derivedPrfs } from './proposalGrammar.ts';
import type { Phase, Proposal } from './proposals.ts';
import type { IkeVersion } from './vpns.ts';

/** Perfect forward secrecy of an ESP suite: `optional` leaves it to the gateway. IKE suites always exchange a key. */
export type Secrecy = 'off' | 'optional' | 'always';

/** One algorithm of each kind under its canonical keyword, as the rows of the builder show them. */
export type SuiteParts = {
  encryption: string;
  /** '' where the cipher protects integrity itself. */
  integrity: string;
  /** '' where IKE derives it from the integrity algorithm, and in ESP suites. */
  prf: string;
  /** '' without perfect forward secrecy. */
  keyExchange: string;
  secrecy: Secrecy;
};

/** The suite's canonical keywords: `aes256-sha256-modp2048`. */
export const keywordsOf = ({ encryption, integrity, prf, keyExchange, secrecy }: SuiteParts): string =>
  [encryption, integrity, prf, keyExchange, secrecy === 'optional' ? 'none' : '']
    .filter((keyword) => keyword !== '')
    .join('-');

function secrecyOf({ phase, keyExchange }: Proposal): Secrecy {
  if (keyExchange.length === 0) return 'off';
  return phase === 'esp' && keyExchange.includes('none') ? 'optional' : 'always';
}

/**
 * The parts of a suite; `custom` where rows with one algorithm each can't show it: several of a kind, additional key
 * exchanges, sequence numbers, or `none` preferred to a group.
 */
export function partsOf(proposal: Proposal): SuiteParts | 'custom' {
  const { encryption, integrity, prf, keyExchange, keywords } = proposal;
  const derived = derivedPrfs(integrity).join() === prf.join();
  const parts: SuiteParts = {
    encryption: encryption.join('-'),
    integrity: integrity.join('-'),
    prf: derived ? '' : prf.join('-'),
    keyExchange: keyExchange.filter((keyword) => keyword !== 'none').join('-'),
    secrecy: secrecyOf(proposal),
  };
  const single = [parts.encryption, parts.integrity, parts.prf, parts.keyExchange].every(
    (keyword) => !keyword.includes('-'),
  );
  return single && keywordsOf(parts) === keywords ? parts : 'custom';
}

/** In which phase a suite is built, and for which version of IKE. */
export type SuiteContext = { phase: Phase; ikeVersion: IkeVersion };
