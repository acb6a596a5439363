import type { Refusal } from '../../../../contract/result.ts';
import { allKeywords } from '../../../../contract/suites.ts';

/**
 * Whether a suite is refused only because its end isn't typed yet: a part is missing, or the last word may still become a
 * keyword. Until the field is left, that is a hint and no mistake.
 */
export function isUnfinished(text: string, refusal: Refusal): boolean {
  if (refusal.code.startsWith('proposal_no_')) return true;
  if (refusal.code !== 'proposal_keyword') return false;
  const last = text.split('-').at(-1)?.trimStart() ?? '';
  return last === refusal.part && allKeywords().some((keyword) => keyword.startsWith(last));
}
