import { diagnose, diagnoses } from '../../contract/diagnoses.ts';
import { evidenceByCode, evidenceOf } from './evidence.ts';
import type { DiagnosisReport, Outcome } from './outcome.ts';

/**
 * What an agent reports that sees the example of this diagnosis: found by the agent's own rules.
 *
 * @throws Error where the example isn't diagnosed as `code`.
 */
export function diagnosisReport(code: string): DiagnosisReport {
  const seen = evidenceByCode[code];
  if (seen === undefined)
    throw new Error(`There is no example of ${code}. There are: ${Object.keys(evidenceByCode).join(', ')}.`);
  const found = diagnose(evidenceOf(seen))?.diagnosis;
  if (found?.code !== code)
    throw new Error(`The example of ${code} is diagnosed as ${found?.code ?? 'nothing'}.`);
  return found;
}

/** A tunnel with this diagnosis: up with a warning, or failed. */
export function outcomeOf(code: string): Outcome {
  const diagnosis = diagnosisReport(code);
  const warns = diagnoses.some((row) => row.code === code && row.severity === 'warning');
  return warns ? { kind: 'up', warning: diagnosis, bytesOut: 2_000_000 } : { kind: 'failed', diagnosis };
}

/** Of which IKE version the example is: some things can only happen in one. */
export const ikeVersionOf = (code: string): 1 | 2 => evidenceByCode[code]?.ikeVersion ?? 1;
