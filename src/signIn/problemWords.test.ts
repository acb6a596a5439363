import { expect, test } from 'vitest';
import { signInProblems } from '../../contract/signInProblems.ts';
import { problemSentence } from './problemWords.ts';

test.each(signInProblems)('%s is said in a sentence of its own', (code) => {
  expect(problemSentence(code)).toMatch(/^[A-Z].*\.$/);
  expect(signInProblems.filter((other) => problemSentence(other) === problemSentence(code))).toEqual([code]);
});

test.each([undefined, '', 'toString', 'Your account is blocked, call 555'])('%j says nothing', (code) => {
  expect(problemSentence(code)).toBeUndefined();
});
