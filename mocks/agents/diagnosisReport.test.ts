import { expect, test } from 'vitest';
import { diagnoses } from '../../contract/diagnoses.ts';
import { diagnosisReport } from './diagnosisReport.ts';

/** A machine that can't do IPsec says so of itself, not of a tunnel: the scenario "unsupported" has one. */
const codes = diagnoses.map((row) => row.code).filter((code) => code !== 'unsupported');

test.each(codes)('has an example of %s', (code) => {
  expect(diagnosisReport(code).code).toBe(code);
});
